data "aws_iam_policy_document" "trust" {
  for_each = toset(["ecs-tasks", "lambda"])

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "start" {
  name               = "start"
  assume_role_policy = data.aws_iam_policy_document.trust["ecs-tasks"].json
}

resource "aws_iam_role_policy_attachment" "start" {
  role       = aws_iam_role.start.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

data "aws_iam_policy_document" "start" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [for secret in aws_secretsmanager_secret.application : secret.arn]
  }
}

resource "aws_iam_role_policy" "start" {
  name   = "secrets"
  role   = aws_iam_role.start.id
  policy = data.aws_iam_policy_document.start.json
}

resource "aws_security_group" "service" {
  for_each = toset(["checkout", "fulfilment", "ledger", "reporting", "quotes", "stock"])

  name        = each.key
  description = "What runs as ${each.key}"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_egress_rule" "service" {
  for_each = aws_security_group.service

  security_group_id = each.value.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_cloudwatch_log_group" "service" {
  for_each = toset(["checkout", "fulfilment", "ledger", "reporting", "status"])

  name              = "/service/${each.key}"
  retention_in_days = 30
}
