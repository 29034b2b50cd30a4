"""The parts that screens are made of: touch buttons, keypads, the tray map, the two bars. They know sizes and looks, no work."""
