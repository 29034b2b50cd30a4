"""What a label says, and the code text it carries. How it looks: `ui.labels`."""
