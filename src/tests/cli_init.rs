//! `planwise init` as its users run it: in folders that look like their repositories.

use std::fs;
use std::path::Path;

use super::{code, err, out, planwise};

/// A repository with these files.
fn repository(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The exit code, and all that is said.
fn init(folder: &Path, args: &[&str]) -> (i32, String) {
    let output = planwise(&["init"]).args(args).current_dir(folder).output().unwrap();
    (code(&output), out(&output) + &err(&output))
}

/// All files, without those of Git.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap().map(Result::unwrap) {
            let path = entry.path();
            match path.strip_prefix(folder).unwrap().to_str().unwrap() {
                ".git" => {}
                _ if path.is_dir() => open.push(path),
                name => found.push(name.to_owned()),
            }
        }
    }
    found.sort();
    found
}

fn yaml(path: &Path) -> serde_json::Value {
    serde_saphyr::from_str(&fs::read_to_string(path).unwrap())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn each_host_gets_its_file() {
    for (mark, text, file) in [
        (".github/CODEOWNERS", "", ".github/workflows/planwise.yml"),
        (".git/config", "[remote \"origin\"]\n\turl = git@github.com:o/r.git\n", ".github/workflows/planwise.yml"),
        (".gitlab-ci.yml", "test:\n  script: [make]\n", ".gitlab/planwise.gitlab-ci.yml"),
        ("azure-pipelines.yml", "steps: []\n", "azure-pipelines.planwise.yml"),
        (".git/config", "[remote \"origin\"]\n\turl = https://bitbucket.org/o/r\n", "bitbucket-pipelines.yml"),
    ] {
        let folder = repository(&[(mark, text), ("infra/live/main.tf", "provider \"aws\" {}\n")]);
        let (status, said) = init(folder.path(), &["--yes"]);
        assert_eq!(status, 0, "{said}");
        let mut expected = vec![file, "infra/live/main.tf", "planwise.yaml"];
        if !mark.starts_with(".git/") {
            expected.push(mark);
            assert_eq!(fs::read_to_string(folder.path().join(mark)).unwrap(), text, "{mark} is as it was");
        }
        expected.sort_unstable();
        assert_eq!(files(folder.path()), expected, "{mark}: {said}");
        for name in [file, "planwise.yaml"] {
            assert!(said.contains(&format!("wrote {name}\n")), "{said}");
            assert!(yaml(&folder.path().join(name)).is_object());
        }
        assert!(said.contains("\nNext:\n  planwise config check\n  terraform -chdir=infra/live plan"), "{said}");
        let ci = fs::read_to_string(folder.path().join(file)).unwrap();
        let root =
            ci.lines().filter(|line| line.contains("TF_ROOT: ./infra/live") || line.contains("TF_ROOT=./infra/live"));
        assert_eq!(root.count(), 1, "{ci}");
        let checked = planwise(&["config", "check"]).current_dir(folder.path()).output().unwrap();
        assert_eq!((code(&checked), out(&checked).as_str()), (0, "planwise.yaml can be used\n"), "{}", err(&checked));
        // A second time there is nothing left to do, and nobody has to be asked.
        let (status, said) = init(folder.path(), &[]);
        assert_eq!(status, 0, "{said}");
        assert!(said.contains(&format!("kept {file}: it is there already\n")), "{said}");
        assert_eq!(files(folder.path()), expected);
    }
}

#[test]
fn what_cannot_be_written_is_shown() {
    let pipelines = "pipelines:\n  default: []\n";
    for (mark, text, shown) in [
        ("bitbucket-pipelines.yml", pipelines, "Add this step to the pull requests in bitbucket-pipelines.yml:\n"),
        ("atlantis.yaml", "version: 3\n", "Put this into the repos.yaml of the Atlantis server"),
        ("repos.yaml", "repos:\n  - id: /.*/\n", "On the server, /etc/atlantis/post-plan.sh:\n"),
    ] {
        let folder = repository(&[(mark, text)]);
        let (status, said) = init(folder.path(), &["--yes"]);
        assert_eq!(status, 0, "{said}");
        assert!(said.contains(shown) && said.contains("planwise check"), "{said}");
        // What a file has already is not said again.
        assert!(!said.contains("\nimage:") && !said.contains("\npipelines:"), "{said}");
        assert_eq!(files(folder.path()).len(), 2, "{said}");
        assert_eq!(fs::read_to_string(folder.path().join(mark)).unwrap(), text);
    }
    let folder = repository(&[(".gitlab-ci.yml", "include:\n  - local: .gitlab/planwise.gitlab-ci.yml\n")]);
    let (_, said) = init(folder.path(), &["--yes"]);
    assert!(!said.contains("Add this"), "it is included already: {said}");
    let (_, said) = init(repository(&[(".gitlab-ci.yml", "")]).path(), &["--yes"]);
    assert!(said.contains("\ninclude:\n  - local: .gitlab/planwise.gitlab-ci.yml\n"), "{said}");
}

/// Without a terminal nobody can be asked.
#[test]
fn nothing_is_written_unasked() {
    let folder = repository(&[(".github/CODEOWNERS", "")]);
    let output = planwise(&["init"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(code(&output), 2);
    assert_eq!(
        out(&output),
        "found GitHub Actions (.github)\nwould write planwise.yaml\nwould write .github/workflows/planwise.yml\n"
    );
    assert!(
        err(&output).contains("nothing was written") && err(&output).contains("\n  hint: --yes "),
        "{}",
        err(&output)
    );
    assert_eq!(files(folder.path()), [".github/CODEOWNERS"]);
}

#[test]
fn what_is_there_is_kept() {
    let mine = [("planwise.yml", "policy: strict\n"), (".github/workflows/planwise.yml", "mine\n")];
    let folder = repository(&mine);
    let (status, said) = init(folder.path(), &["--yes"]);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("kept planwise.yml: it is there already\n"), "{said}");
    for (path, text) in mine {
        assert_eq!(fs::read_to_string(folder.path().join(path)).unwrap(), text);
    }
    assert_eq!(files(folder.path()).len(), 2);
    // A file where a folder has to be.
    let folder = repository(&[(".github", "")]);
    let (status, said) = init(folder.path(), &["--yes", "--ci", "github"]);
    assert!(status == 2 && said.contains("hint: is there a file in its place"), "{said}");
}

#[test]
fn somebody_may_choose() {
    let folder = repository(&[(".github/workflows/ci.yml", ""), ("atlantis.yaml", "")]);
    let (_, said) = init(folder.path(), &["--yes", "--ci", "none"]);
    assert_eq!(files(folder.path()).len(), 3, "{said}");
    let (_, said) = init(folder.path(), &["--yes", "--ci", "azure"]);
    assert!(said.contains("wrote azure-pipelines.yml\n"), "{said}");
    let (_, said) = init(folder.path(), &[]);
    assert!(
        said.starts_with("found Atlantis (atlantis.yaml)\n")
            && said.contains("found GitHub Actions as well (.github/workflows): --ci"),
        "{said}"
    );
    // Nothing shows any CI.
    let (_, said) = init(repository(&[]).path(), &["--yes"]);
    assert!(said.starts_with("found no CI: --ci "), "{said}");
    assert_eq!(init(folder.path(), &["--ci", "jenkins"]).0, 2);
}

/// From below the root it works there, and names files as they are found from here.
#[test]
fn it_works_in_the_root_of_the_repository() {
    let folder = repository(&[
        ("stacks/shop/main.tf", "terraform {\n  backend \"s3\" {}\n}\n"),
        ("stacks/pay/main.tf", "provider \"aws\" {}\n"),
        ("reliability/slos/shop.yml", "service: shop\n"),
        ("teams/shop/decisions/0001-a.md", "# A\n"),
    ]);
    let (status, said) = init(&folder.path().join("stacks/shop"), &["--yes", "--ci", "github"]);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("wrote ../../planwise.yaml\nwrote ../../.github/workflows/planwise.yml\n"), "{said}");
    assert!(
        said.contains("Root modules were found in stacks/pay and stacks/shop. TF_ROOT names stacks/pay: "),
        "{said}"
    );
    let config = yaml(&folder.path().join("planwise.yaml"));
    assert_eq!(config["repository"]["slos"], serde_json::json!(["reliability/slos"]));
    assert_eq!(config["repository"]["decisions"], serde_json::json!(["teams/shop/decisions"]));
    let checked = planwise(&["config", "check"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(code(&checked), 0, "{}", err(&checked));
}
