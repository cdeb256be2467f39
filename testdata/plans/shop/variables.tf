variable "app_version" {
  description = "Tag of the image that both services run"
  type        = string
  default     = "2026.11.2"
}

variable "certificate_arn" {
  description = "Certificate of shop.example.com"
  type        = string
  default     = "arn:aws:acm:eu-west-1:123456789012:certificate/5f1b6c1e-8f2a-4b7d-9f55-0d9c2f1f7a10"
}
