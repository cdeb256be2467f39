variable "versions" {
  description = "Tag of each image"
  type        = map(string)
  default = {
    api           = "4.18.0"
    catalogue     = "2.8.0"
    notifications = "3.2.1"
  }
}

variable "certificate_arn" {
  description = "Certificate of market.example.com"
  type        = string
  default     = "arn:aws:acm:eu-central-1:123456789012:certificate/0e6d1b4f-3c55-49a4-8a5e-0d8b1f4c7a21"
}
