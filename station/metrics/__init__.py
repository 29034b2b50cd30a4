"""What a monitoring system reads of a station: figures of now, in Prometheus' text format."""
