# A pipeline: stages with actions, and the conditions of a stage.

variable "stages" {
  type = list(object({
    name  = string
    entry = optional(list(string), [])
    actions = list(object({
      name          = string
      category      = string
      provider      = string
      owner         = optional(string, "AWS")
      run_order     = optional(number)
      configuration = optional(map(string), {})
    }))
  }))
}

variable "name" {
  type = string
}

resource "aws_codepipeline" "main" {
  name          = var.name
  pipeline_type = "V2"
  role_arn      = "arn:aws:iam::111122223333:role/pipeline"
  artifact_store {
    location = "shop-artifacts"
    type     = "S3"
  }

  stage {
    name = "Source"
    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeStarSourceConnection"
      version          = "1"
      output_artifacts = ["source"]
      configuration = {
        ConnectionArn    = "arn:aws:codestar-connections:us-east-1:111122223333:connection/shop"
        FullRepositoryId = "shop/shop"
        BranchName       = "main"
      }
    }
  }

  dynamic "stage" {
    for_each = var.stages
    content {
      name = stage.value.name
      dynamic "before_entry" {
        for_each = length(stage.value.entry) > 0 ? [stage.value.entry] : []
        content {
          condition {
            result = "FAIL"
            dynamic "rule" {
              for_each = before_entry.value
              content {
                name          = "load"
                configuration = { ProjectName = rule.value }
                rule_type_id {
                  category = "Rule"
                  owner    = "AWS"
                  provider = "CodeBuild"
                  version  = "1"
                }
              }
            }
          }
        }
      }
      dynamic "action" {
        for_each = stage.value.actions
        content {
          name            = action.value.name
          category        = action.value.category
          owner           = action.value.owner
          provider        = action.value.provider
          version         = "1"
          run_order       = action.value.run_order
          input_artifacts = ["source"]
          configuration   = action.value.configuration
        }
      }
    }
  }
}
