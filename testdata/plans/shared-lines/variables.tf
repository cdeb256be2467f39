variable "checked" {
  default = "gp2"

  validation {
    condition     = startswith(var.checked, "gp2")
    error_message = "Only gp2."
  }
}

variable "listed" {
  default = "gp2"
}

variable "plain" {
  default = "gp2"
}
