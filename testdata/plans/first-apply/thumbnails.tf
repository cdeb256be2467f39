# Makes thumbnails when an original arrives. A map of variables shows its keys, and those values that are known.

resource "aws_lambda_function" "thumbnails" {
  function_name = "photos-thumbnails"
  role          = aws_iam_role.thumbnails.arn
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.photos.repository_url}:thumbnails-${var.app_version}"
  memory_size   = 1024
  timeout       = 60

  reserved_concurrent_executions = 40

  vpc_config {
    subnet_ids         = values(aws_subnet.private)[*].id
    security_group_ids = [aws_security_group.services.id]
  }

  environment {
    variables = {
      DATABASE_HOST      = aws_rds_cluster.photos.endpoint
      DATABASE_POOL_SIZE = "1"
      ORIGINALS_BUCKET   = aws_s3_bucket.photos.bucket
    }
  }
}

resource "aws_lambda_permission" "thumbnails" {
  function_name = aws_lambda_function.thumbnails.function_name
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
  source_arn    = aws_s3_bucket.photos.arn
}

resource "aws_s3_bucket_notification" "photos" {
  bucket = aws_s3_bucket.photos.id

  lambda_function {
    lambda_function_arn = aws_lambda_function.thumbnails.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "originals/"
  }

  depends_on = [aws_lambda_permission.thumbnails]
}
