"""The machine's end of 3964R, written from docs/wire/3964r.md alone: nothing here comes from the station's end, nor may it.

Two sentences of the text can be read in two ways. Where the station's end takes the one, this end takes the other, because a
machine may: a NAK that refuses a block is answered by a NAK, and a wrong character instead of an acknowledgement is answered at
once, without waiting for silence.
"""
