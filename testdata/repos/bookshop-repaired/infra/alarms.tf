# What the objectives promise is watched.

resource "aws_sns_topic" "pager" {
  name = "bookshop-pager"
}

resource "aws_cloudwatch_metric_alarm" "slow_p95" {
  for_each = toset(["shop", "backoffice", "accounts"])

  alarm_name          = "bookshop-slow-p95-${each.key}"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "TargetResponseTime"
  extended_statistic  = "p95"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0.2
  period              = 60
  evaluation_periods  = 5
  alarm_actions       = [aws_sns_topic.pager.arn]

  dimensions = {
    LoadBalancer = aws_lb.public.arn_suffix
    TargetGroup  = aws_lb_target_group.service[each.key].arn_suffix
  }
}

resource "aws_cloudwatch_metric_alarm" "slow_p99" {
  for_each = toset(["shop", "backoffice", "accounts"])

  alarm_name          = "bookshop-slow-p99-${each.key}"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "TargetResponseTime"
  extended_statistic  = "p99"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0.5
  period              = 60
  evaluation_periods  = 5
  alarm_actions       = [aws_sns_topic.pager.arn]

  dimensions = {
    LoadBalancer = aws_lb.public.arn_suffix
    TargetGroup  = aws_lb_target_group.service[each.key].arn_suffix
  }
}

resource "aws_cloudwatch_metric_alarm" "failing" {
  for_each = toset(["shop", "backoffice", "accounts"])

  alarm_name          = "bookshop-failing-${each.key}"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 10
  period              = 60
  evaluation_periods  = 5
  alarm_actions       = [aws_sns_topic.pager.arn]

  dimensions = {
    LoadBalancer = aws_lb.public.arn_suffix
    TargetGroup  = aws_lb_target_group.service[each.key].arn_suffix
  }
}

resource "aws_cloudwatch_metric_alarm" "slow_orders" {
  for_each = { p95 = 200, p99 = 500 }

  alarm_name          = "bookshop-slow-orders-${each.key}"
  namespace           = "AWS/ApiGateway"
  metric_name         = "Latency"
  extended_statistic  = each.key
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value
  period              = 60
  evaluation_periods  = 5
  alarm_actions       = [aws_sns_topic.pager.arn]

  dimensions = {
    ApiId = aws_apigatewayv2_api.orders.id
  }
}

resource "aws_cloudwatch_metric_alarm" "failing_orders" {
  alarm_name          = "bookshop-failing-orders"
  namespace           = "AWS/ApiGateway"
  metric_name         = "5xx"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 10
  period              = 60
  evaluation_periods  = 5
  alarm_actions       = [aws_sns_topic.pager.arn]

  dimensions = {
    ApiId = aws_apigatewayv2_api.orders.id
  }
}
