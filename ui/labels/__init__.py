"""Labels on paper: one design, drawn as PDF or said in ZPL. No Qt."""
