locals {
  services = {
    api = {
      cpu    = 1024
      memory = 2048
      paths  = ["/api/*"]
      order  = 10
      scale  = { min = 3, max = 10 }

      # PM2 starts two processes of Node, each with a pool of its own.
      environment = {
        DB_HOST                = module.orders.address
        DB_POOL_MAX            = "5"
        WEB_CONCURRENCY        = "2"
        NOTIFICATION_QUEUE_URL = aws_sqs_queue.notifications.url
      }
      database = "orders"
    }

    catalogue = {
      cpu    = 1024
      memory = 2048
      paths  = ["/catalogue/*", "/search/*"]
      order  = 20
      scale  = { min = 2, max = 6 }

      environment = {
        DB_HOST             = module.catalogue.address
        DB_CONNECTION_LIMIT = "10"
        WEB_CONCURRENCY     = "4"
        IMAGES_BUCKET       = aws_s3_bucket.images.bucket
      }
      database = "catalogue"
    }

    notifications = {
      cpu    = 512
      memory = 1024
      paths  = ["/webhooks/*"]
      order  = 30
      scale  = { min = 2, max = 4 }

      environment = {
        DB_HOST                = module.orders.address
        DB_POOL_MAX            = "4"
        NOTIFICATION_QUEUE_URL = aws_sqs_queue.notifications.url
      }
      database = "orders"
    }
  }
}

module "service" {
  source   = "./modules/service"
  for_each = local.services

  name       = each.key
  image      = "${aws_ecr_repository.app[each.key].repository_url}:${var.versions[each.key]}"
  cpu        = each.value.cpu
  memory     = each.value.memory
  scale      = each.value.scale
  cluster    = aws_ecs_cluster.market
  vpc_id     = module.network.vpc_id
  subnet_ids = module.network.private_subnet_ids

  execution_role_arn = aws_iam_role.execution.arn

  entry = {
    listener_arn      = aws_lb_listener.https.arn
    security_group_id = aws_security_group.entry.id
    load_balancer     = aws_lb.market.arn_suffix
    paths             = each.value.paths
    order             = each.value.order
  }

  environment = each.value.environment
  secrets     = { DB_PASSWORD = aws_secretsmanager_secret.database[each.value.database].arn }
  policies    = local.policies[each.key]
}

# Each application signs in with a user of its own; the values are written and rotated by the database's operators.
resource "aws_secretsmanager_secret" "database" {
  for_each = toset(["orders", "catalogue"])

  name = "market/${each.key}/application"
}
