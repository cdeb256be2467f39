variable "vpc_id" {
  type    = string
  default = "vpc-0a1b2c3d4e5f60718"
}

variable "pool_size" {
  type    = number
  default = 20
}

variable "webhook_token" {
  type      = string
  sensitive = true
  default   = "example-token-9c41"
}
