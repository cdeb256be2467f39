//! Steps that others have made: actions, tasks, pipes, orbs.

use super::model::{Deploy, Fails, LoadTest, Target, What};

/// Steps that others have made, and what they do: what the name without its version begins with.
const MADE: &[(&str, &str)] = &[
    ("aws-actions/amazon-ecs-deploy-task-definition", "deploys to ECS"),
    ("aws-actions/aws-cloudformation-github-deploy", "deploys a stack"),
    ("aws-actions/aws-lambda-deploy", "deploys a function"),
    ("appleboy/lambda-action", "deploys a function"),
    ("einaregilsson/beanstalk-deploy", "deploys to Elastic Beanstalk"),
    ("azure/webapps-deploy", "deploys a web app"),
    ("azure/functions-action", "deploys a function app"),
    ("azure/k8s-deploy", "deploys to Kubernetes"),
    ("azure/container-apps-deploy-action", "deploys a container app"),
    ("google-github-actions/deploy-cloudrun", "deploys to Cloud Run"),
    ("google-github-actions/deploy-appengine", "deploys to App Engine"),
    ("google-github-actions/deploy-cloud-functions", "deploys a function"),
    ("hashicorp/tfc-workflows-github/actions/apply-run", "applies a plan"),
    ("dflook/terraform-apply", "applies a plan"),
    ("dflook/tofu-apply", "applies a plan"),
    ("akhileshns/heroku-deploy", "deploys to Heroku"),
    ("serverless/github-action", "deploys with Serverless"),
    // GitLab and Bitbucket, CircleCI, Azure.
    ("atlassian/aws-ecs-deploy", "deploys to ECS"),
    ("atlassian/aws-code-deploy", "deploys with CodeDeploy"),
    ("atlassian/aws-lambda-deploy", "deploys a function"),
    ("atlassian/aws-elasticbeanstalk-deploy", "deploys to Elastic Beanstalk"),
    ("atlassian/aws-cloudformation-deploy", "deploys a stack"),
    ("atlassian/kubectl-run", "deploys to Kubernetes"),
    ("microsoft/azure-web-apps-deploy", "deploys a web app"),
    ("aws-ecs/deploy-service-update", "deploys to ECS"),
    ("aws-eks/update-container-image", "deploys to Kubernetes"),
    ("kubernetes/create-or-update-resource", "deploys to Kubernetes"),
    ("helm/upgrade-helm-chart", "deploys with Helm"),
    ("azurewebapp", "deploys a web app"),
    ("azurermwebappdeployment", "deploys a web app"),
    ("azurefunctionapp", "deploys a function app"),
    ("azurecontainerapps", "deploys a container app"),
    ("kubernetesmanifest", "deploys to Kubernetes"),
    ("ecsdeploy", "deploys to ECS"),
];

/// What a step that others have made does; `with` gives its inputs.
pub(super) fn made<'w>(name: &str, with: &dyn Fn(&str) -> Option<&'w str>) -> Option<What> {
    let bare = name.split('@').next().unwrap_or(name).split(':').next().unwrap_or(name).to_ascii_lowercase();
    let deploys = |how: &str| Some(What::Deploy(Deploy { how: how.to_owned(), target: Target::Unsaid }));
    match bare.as_str() {
        "grafana/k6-action"
        | "grafana/run-k6-action"
        | "k6-io/action"
        | "loadimpact/k6-action"
        | "k6io/test"
        | "k6-load-test" => {
            let fails = Fails::Unknown("its script was not read".to_owned());
            let mut results = Vec::new();
            if let Some(flags) = with("flags") {
                let words: Vec<&str> = flags.split_whitespace().collect();
                results = super::tools::results(&words);
            }
            return Some(What::LoadTest(LoadTest { tool: "k6", fails, results, judge: None }));
        }
        "azure/load-testing" | "azureloadtest" => {
            let fails = Fails::Unknown("its criteria stand elsewhere".to_owned());
            return Some(What::LoadTest(LoadTest {
                tool: "Azure Load Testing",
                fails,
                results: Vec::new(),
                judge: None,
            }));
        }
        "artilleryio/action-cli" => {
            let fails = Fails::Unknown("its script was not read".to_owned());
            return Some(What::LoadTest(LoadTest { tool: "Artillery", fails, results: Vec::new(), judge: None }));
        }
        "pulumi/actions" => {
            return with("command")
                .filter(|command| ["up", "update"].contains(command))
                .and_then(|_| deploys("pulumi up"));
        }
        "helmdeploy" => {
            let command = with("command").unwrap_or("ls");
            return ["upgrade", "install"].contains(&command).then(|| deploys("helm upgrade"))?;
        }
        "kubernetes" => {
            return with("command").filter(|command| *command == "apply").and_then(|_| deploys("kubectl apply"));
        }
        name if name.starts_with("terraformtask") || name.starts_with("terraformcli") => {
            return with("command").filter(|command| *command == "apply").and_then(|_| deploys("terraform apply"));
        }
        _ => {}
    }
    MADE.iter().find(|(known, _)| bare == *known).and_then(|(_, how)| deploys(how))
}
