variable "app_version" {
  type    = string
  default = "0.1.0"
}

variable "certificate_arn" {
  type    = string
  default = "arn:aws:acm:eu-north-1:123456789012:certificate/b0a9c6b6-6d1f-4f0a-9d52-6f3f1f8f6c11"
}
