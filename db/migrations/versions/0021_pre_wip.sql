-- What the limit of a loop's work in progress was made from; 0: nobody said.

ALTER TABLE now_loop ADD COLUMN bottleneck_per_1000h INTEGER NOT NULL DEFAULT 0;

ALTER TABLE now_loop ADD COLUMN raw_time_min INTEGER NOT NULL DEFAULT 0;

ALTER TABLE now_loop ADD COLUMN wanted_per_1000h INTEGER NOT NULL DEFAULT 0;
