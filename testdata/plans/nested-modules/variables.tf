variable "registry" {
  description = "Where images come from; replicated into every region under the same name"
  type        = string
  default     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"
}

variable "app_version" {
  type    = string
  default = "7.3.0"
}

variable "certificates" {
  description = "Certificate of each region's load balancer"
  type        = map(string)
  default = {
    eu = "arn:aws:acm:eu-west-1:123456789012:certificate/7a0a7a53-7f0e-4d58-a5a3-0a4c6f2f0d01"
    us = "arn:aws:acm:us-west-2:123456789012:certificate/2f0a52cb-5b74-4be2-9d02-6e1c9d8a1e02"
  }
}
