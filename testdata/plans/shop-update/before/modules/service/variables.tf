variable "name" {
  type = string
}

variable "image" {
  type = string
}

variable "cpu" {
  type = number
}

variable "memory" {
  type = number
}

variable "scale" {
  description = "Fewest and most tasks"
  type        = object({ min = number, max = number })
}

variable "cluster" {
  description = "The ECS cluster"
  type        = object({ id = string, name = string })
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "entry" {
  description = "What forwards requests to the service, and which"
  type = object({
    listener_arn      = string
    security_group_id = string
    load_balancer     = string
    paths             = list(string)
    order             = number
  })
}

variable "execution_role_arn" {
  description = "What the platform does to start a task"
  type        = string
}

variable "environment" {
  type    = map(string)
  default = {}
}

variable "secrets" {
  description = "ARNs of secrets, by the variable that each fills"
  type        = map(string)
  default     = {}
}

variable "policies" {
  description = "What the code may do: policy documents, by name"
  type        = map(string)
  default     = {}
}
