listed = "gp2"
