# As the deployment is handed out. Nobody who installs it has to set any of these.

variable "pool_size" {
  description = "Connections that each process keeps"
  type        = number
  default     = 10
}

variable "most" {
  description = "The most tasks of each kind of process"
  type        = map(number)
  default = {
    main    = 6
    worker  = 10
    webhook = 8
  }
}
