//! Whole configurations, and what expressions come to in the real Terraform.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;

use super::edit::{Edit, Spot};
use super::engine::{Engine, World};
use super::error::SourceError;
use super::places::{Ignores, Sought};
use super::tree::{Files, Ground, Shelf, Source};
use super::value::Value;
use crate::model::{HOLE, Key, Text};

/// Files of modules, by the key of the module.
struct Texts(BTreeMap<String, (&'static str, Vec<u8>)>);

impl Shelf for Texts {
    fn root(&mut self) -> Result<Files, SourceError> {
        Ok(self.child("", "", "").unwrap().unwrap())
    }

    fn child(&mut self, key: &str, _: &str, _: &str) -> Result<Option<Files>, SourceError> {
        let found = self.0.remove(key);
        Ok(found.map(|(folder, text)| Files { folder: folder.to_owned(), files: vec![("main.tf".to_owned(), text)] }))
    }
}

/// A world with these root variables and objects.
#[derive(Default)]
struct Given {
    variables: BTreeMap<&'static str, serde_json::Value>,
    objects: BTreeMap<&'static str, Vec<(Key, serde_json::Value, serde_json::Value)>>,
}

impl World for Given {
    fn variable(&self, name: &str) -> Option<Value> {
        self.variables.get(name).map(|value| Value::of(value, &[]))
    }

    fn objects(&self, module: &[(Text, Key)], block: &str) -> Option<Vec<(Key, Value)>> {
        let mut path: Vec<&str> = module.iter().map(|(call, _)| call.as_str()).collect();
        path.push(block);
        let all = self.objects.get(path.join("/").as_str())?;
        Some(all.iter().map(|(key, value, unknown)| (key.clone(), Value::of(value, &[unknown]))).collect())
    }
}

fn source(modules: &[(&str, &'static str, &str)]) -> Source {
    let texts = modules.iter().map(|(key, folder, text)| ((*key).to_owned(), (*folder, text.as_bytes().to_vec())));
    let mut source = Source::read(&mut Texts(texts.collect())).unwrap();
    source.is_said_to_lie_in("");
    source
}

/// What an attribute of a block comes to, with holes as texts.
fn attribute(
    source: &Source,
    world: &Given,
    module: &[(&str, Key)],
    block: &str,
    key: &Key,
) -> Option<serde_json::Value> {
    let reach = |path: &str| {
        (path == "./app.tpl").then(|| Arc::from("DB=${host}\n%{ for p in ports ~}\nP=${p}\n%{ endfor ~}\n"))
    };
    let mut engine = Engine::new(source, &reach, world);
    let at = engine.enter(module.iter().map(|(call, key)| (*call, key)));
    engine.attribute(at, block, key, "x").map(|(value, _)| value.document())
}

/// What an expression of the root module comes to; `host` is known only after apply.
fn eval(expression: &str) -> serde_json::Value {
    let text =
        format!("variable \"n\" {{}}\nresource \"t\" \"n\" {{\n  x = {expression}\n}}\nresource \"db\" \"a\" {{}}\n");
    let mut world = Given::default();
    world.variables.insert("n", json!(3));
    world.objects.insert("db.a", vec![(Key::None, json!({ "port": 5432, "tags": null }), json!({ "host": true }))]);
    attribute(&source(&[("", ".", &text)]), &world, &[], "t.n", &Key::None).unwrap_or(json!("(refused)"))
}

fn hole() -> serde_json::Value {
    json!(HOLE.to_string())
}

/// Each right side is what Terraform 1.11.4 printed for the left one.
#[test]
fn expressions_come_to_what_terraform_says() {
    for (expression, expected) in [
        ("\"a  ${~ \"x\" ~}   b\"", json!("axb")),
        ("<<EOT\n%{ if true ~}\n\n   yes\n%{ endif }\nend\nEOT\n", json!("\n   yes\n\nend\n")),
        ("\"${5}\"", json!(5)),
        ("[\"${[1]}\"]", json!([[1]])),
        ("true ? 1 : \"a\"", json!("1")),
        ("true ? null : \"a\"", json!(null)),
        ("10/4", json!(2.5)),
        ("0.1+0.2", json!(0.3)),
        ("1e3", json!(1000)),
        ("[5 % 3, -5 % 3, -7/2, floor(-3.5), ceil(1.2), max(1,2.5), pow(2,3)]", json!([2, -2, -3.5, -4, 2, 2.5, 8])),
        ("\"x\" == 1", json!(false)),
        ("[1 == \"1\", null == null, [1]==[1], {a=1}=={a=1}]", json!([false, true, true, true])),
        ("[\"5\" + 1, \"true\" && true]", json!([6, true])),
        ("[for k, v in toset([\"b\",\"a\"]) : \"${k}=${v}\"]", json!(["a=a", "b=b"])),
        ("[for i, x in [\"a\",\"b\"] : \"${i}${x}\" if x != \"a\"]", json!(["1b"])),
        ("{for s in [\"a\",\"ab\",\"b\"] : substr(s,0,1) => s...}", json!({ "a": ["a", "ab"], "b": ["b"] })),
        ("{a=[{b=1},{b=2}]}.a[*].b", json!([1, 2])),
        ("\"%{ if var.n > 2 }yes%{ else }no%{ endif }-$${y}-%%{z}\"", json!("yes-${y}-%{z}")),
    ] {
        assert_eq!(eval(expression), expected, "{expression}");
    }
}

/// As above, for functions.
#[test]
fn functions_come_to_what_terraform_says() {
    for (expression, expected) in [
        ("jsonencode(\"<>&\\u2028é\\t\")", json!("\"\\u003c\\u003e\\u0026\\u2028é\\t\"")),
        (
            "yamlencode({a=1,b=\"x\",c=[1,{d=true}],e=[],f={},g=null})",
            json!("\"a\": 1\n\"b\": \"x\"\n\"c\":\n- 1\n- \"d\": true\n\"e\": []\n\"f\": {}\n\"g\": null\n"),
        ),
        ("yamldecode(\"a: 1\\nb: [x, true]\")", json!({ "a": 1, "b": ["x", true] })),
        ("jsondecode(\"{\\\"a\\\":[1,null]}\")", json!({ "a": [1, null] })),
        ("format(\"%s-%d-%03d-%q-%v-%5.2f-%%\", \"a\", 5, 7, \"q\", [1], 1.5)", json!("a-5-007-\"q\"-[1]- 1.50-%")),
        (
            "[formatlist(\"%s:%d\", [\"a\",\"b\"], [1,2]), formatlist(\"x-%s\", [\"a\"])]",
            json!([["a:1", "b:2"], ["x-a"]]),
        ),
        ("merge({a=1},null,{a=\"2\"})", json!({ "a": "2" })),
        ("try({}.a, \"d\")", json!("d")),
        ("can({}.a)", json!(false)),
        ("coalesce(\"\", null, \"x\")", json!("x")),
        ("lookup({a=1}, \"b\", \"c\")", json!("c")),
        ("element([1,2,3], 4)", json!(2)),
        ("title(\"hello wORLD\")", json!("Hello WORLD")),
        ("compact([\"a\",\"\",null])", json!(["a"])),
        ("flatten([[1,[2]],[],3])", json!([1, 2, 3])),
        ("trim(\"?!hi?!\", \"!?\")", json!("hi")),
        ("[split(\",\", \"\"), join(\"-\", [1,2]), replace(\"a.b.c\", \".\", \"-\")]", json!([[""], "1-2", "a-b-c"])),
        ("[range(3), range(1,4), range(1,8,2), range(3,0)]", json!([[0, 1, 2], [1, 2, 3], [1, 3, 5, 7], [3, 2, 1]])),
        ("distinct([1,2,1])", json!([1, 2])),
        (
            "[tostring(1.50), tonumber(\"5\"), tobool(\"true\"), tolist([1,\"a\"]), toset([\"b\",\"a\",\"b\"])]",
            json!(["1.5", 5, true, ["1", "a"], ["a", "b"]]),
        ),
        ("zipmap([\"a\",\"b\"],[1,2])", json!({ "a": 1, "b": 2 })),
        (
            "[slice([1,2,3,4],1,3), reverse([1,2]), sort([\"b\",\"a\"]), contains([\"a\"],\"a\"), one([]), one([5])]",
            json!([[2, 3], [2, 1], ["a", "b"], true, null, 5]),
        ),
        ("[keys({b=1,a=2}), values({b=1,a=2})]", json!([["a", "b"], [2, 1]])),
        (
            "[trimspace(\"  a \"), chomp(\"a\\n\\n\"), indent(2, \"a\\nb\"), trimprefix(\"aab\",\"a\"), trimsuffix(\"abb\",\"b\")]",
            json!(["a", "a", "a\n  b", "ab", "ab"]),
        ),
        ("[substr(\"hello\", -3, 2), substr(\"hello\",1,-1)]", json!(["ll", "ello"])),
        ("base64encode(\"hé\")", json!("aMOp")),
        ("base64decode(\"aMOp\")", json!("hé")),
        ("setproduct([\"a\",\"b\"],[1,2])", json!([["a", 1], ["a", 2], ["b", 1], ["b", 2]])),
        ("chunklist([1,2,3],2)", json!([[1, 2], [3]])),
        ("matchkeys([\"a\",\"b\"],[\"x\",\"y\"],[\"y\"])", json!(["b"])),
        (
            "[upper(\"é\"), lower(\"ÀB\"), strrev(\"abc\"), parseint(\"ff\",16), abs(-2), signum(-3), sum([1,2.5])]",
            json!(["É", "àb", "cba", 255, 2, -1, 3.5]),
        ),
        ("[startswith(\"ab\",\"a\"), endswith(\"ab\",\"b\"), index([\"a\",\"b\"],\"b\")]", json!([true, true, 1])),
        ("[alltrue([true]), anytrue([false]), coalescelist([], [1])]", json!([true, false, [1]])),
        ("[floor(10/3), ceil(10/3), ceil(9/3)]", json!([3, 4, 3])),
        ("templatefile(\"./app.tpl\", { host = \"h\", ports = [1, 2] })", json!("DB=h\nP=1\nP=2\n")),
    ] {
        assert_eq!(eval(expression), expected, "{expression}");
    }
}

#[test]
fn what_is_not_known_stays_a_hole() {
    let holed = |text: &str| json!(text.replace('?', &HOLE.to_string()));
    for (expression, expected) in [
        ("db.a.host", hole()),
        ("\"postgres://u@${db.a.host}:${db.a.port}/app\"", holed("postgres://u@?:5432/app")),
        ("jsonencode({ h = db.a.host, p = var.n })", holed("{\"h\":\"?\",\"p\":3}")),
        ("db.a.host == \"x\" ? 1 : 2", hole()),
        ("db.a.host == \"x\" ? 1 : 1", json!(1)),
        ("merge({ a = 1 }, { b = db.a.host })", json!({ "a": 1, "b": hole() })),
        ("merge({ a = 1 }, db.a.host)", hole()),
        (
            "[for k, v in { a = db.a.host, b = 2 } : { name = k, value = v }]",
            json!([{ "name": "a", "value": hole() }, { "name": "b", "value": 2 }]),
        ),
        ("try(db.a.host, \"x\")", hole()),
        ("coalesce(db.a.host, \"x\")", hole()),
        ("length([db.a.host])", json!(1)),
        ("length(db.a.host)", hole()),
        ("join(\",\", [\"a\", db.a.host])", holed("a,?")),
        ("split(\":\", \"a:${db.a.host}\")", hole()),
        ("sensitive(\"x\")", hole()),
        ("base64gzip(\"x\")", hole()),
        ("uuid()", hole()),
        ("timestamp()", hole()),
        ("terraform.workspace", hole()),
        ("provider::x::f(1)", hole()),
        ("1/3", hole()),
        ("replace(\"abc\", \"/[ab]/\", \"x\")", hole()),
        ("var.missing", hole()),
        ("toset([db.a.host, \"a\"])", hole()),
        ("base64decode(base64encode(\"A=${db.a.host}\"))", holed("A=?")),
        ("db.a.port > 5000 || db.a.host == \"x\"", json!(true)),
        ("path.module", json!(".")),
    ] {
        assert_eq!(eval(expression), expected, "{expression}");
    }
    // Terraform refuses these as well.
    for expression in ["{}.a", "[1][3]", "1/0", "tonumber(\"x\")", "coalesce(\"\")", "\"${[1]}-\"", "range(2000)"] {
        assert_eq!(eval(expression), json!("(refused)"), "{expression}");
    }
}

#[test]
fn values_come_through_modules_and_keys() {
    let root = r#"
        locals {
          services = { api = { pool = 10, db = db.a }, jobs = { pool = 2, db = db.a } }
          names    = { for name, service in local.services : name => upper(name) }
        }
        variable "secret" { sensitive = true }
        resource "db" "a" {}
        module "app" {
          source   = "./app"
          for_each = local.services
          name     = local.names[each.key]
          pool     = each.value.pool
          host     = each.value.db.host
          secret   = var.secret
        }
        resource "t" "all" {
          x = [for name, app in module.app : "${name}=${app.url}"]
        }
        resource "t" "one" { x = module.app["api"].url }
    "#;
    let app = r#"
        variable "name" {}
        variable "pool" { type = string }
        variable "host" {}
        variable "secret" {}
        variable "size" { default = 4 }
        locals { url = "pg://${var.host}/${var.name}?pool=${var.pool}" }
        output "url" { value = local.url }
        resource "t" "n" {
          count = 2
          x = jsonencode([{ url = local.url, n = count.index, pool = var.pool, size = var.size, s = var.secret, m = path.module }])
        }
    "#;
    let source = source(&[("", ".", root), ("app", "modules/app", app)]);
    let mut world = Given::default();
    world.variables.insert("secret", json!("hunter2"));
    world.objects.insert("db.a", vec![(Key::None, json!({}), json!({ "host": true }))]);
    let path = [("app", Key::Name("api".into()))];
    let found = attribute(&source, &world, &path, "t.n", &Key::Index(1)).unwrap();
    let expected = format!(
        "[{{\"m\":\"modules/app\",\"n\":1,\"pool\":\"10\",\"s\":\"{HOLE}\",\"size\":4,\"url\":\"pg://{HOLE}/API?pool=10\"}}]"
    );
    assert_eq!(found, json!(expected));
    let all = attribute(&source, &world, &[], "t.all", &Key::None).unwrap();
    let url = |name: &str, pool| format!("{name}=pg://{HOLE}/{}?pool={pool}", name.to_uppercase());
    assert_eq!(all, json!([url("api", 10), url("jobs", 2)]));
    let one = attribute(&source, &world, &[], "t.one", &Key::None).unwrap();
    assert_eq!(one, json!(format!("pg://{HOLE}/API?pool=10")));
}

#[test]
fn blocks_are_lists_of_objects() {
    let text = r#"
        locals { ports = { a = 1, b = 2 } }
        resource "t" "n" {
          x { y = 5 }
          dynamic "x" {
            for_each = local.ports
            iterator = port
            content {
              y = port.value
              z { name = port.key }
            }
          }
        }
        resource "t" "open" {
          dynamic "x" {
            for_each = db.a.list
            content { y = x.value }
          }
        }
        resource "db" "a" {}
    "#;
    let source = source(&[("", ".", text)]);
    let mut world = Given::default();
    world.objects.insert("db.a", vec![(Key::None, json!({}), json!({ "list": true }))]);
    let expected = json!([
        { "y": 5 },
        { "y": 1, "z": [{ "name": "a" }] },
        { "y": 2, "z": [{ "name": "b" }] },
    ]);
    assert_eq!(attribute(&source, &world, &[], "t.n", &Key::None), Some(expected));
    assert_eq!(attribute(&source, &world, &[], "t.open", &Key::None), None);
}

/// What leads round in a circle comes to nothing, whoever is asked first, and so does what leads there.
#[test]
fn circles_end() {
    let text = r#"
        locals {
          a = "a${local.b}"
          b = "b${local.a}"
          c = "c${local.b}"
          d = "d"
        }
        resource "t" "a" { x = local.a }
        resource "t" "c" { x = local.c }
        resource "t" "d" { x = local.d }
    "#;
    let source = source(&[("", ".", text)]);
    for order in [["t.a", "t.c"], ["t.c", "t.a"]] {
        let world = Given::default();
        let mut engine = Engine::new(&source, &|_| None, &world);
        for block in order {
            assert_eq!(engine.attribute(0, block, &Key::None, "x"), None, "{block}");
        }
        assert_eq!(engine.attribute(0, "t.d", &Key::None, "x").unwrap().0, Value::text("d"));
    }
}

#[test]
fn long_chains_do_not_fill_the_stack() {
    let mut text = String::from("locals {\n  l0 = \"x\"\n");
    for at in 1..20_000 {
        text.push_str(&format!("  l{at} = local.l{}\n", at - 1));
    }
    text.push_str("}\nresource \"t\" \"n\" {\n  x = local.l19999\n}\n");
    let source = source(&[("", ".", &text)]);
    assert_eq!(attribute(&source, &Given::default(), &[], "t.n", &Key::None), Some(json!("x")));
}

/// 63 lines, of which each speaks of the one before.
fn lines(line: impl Fn(usize) -> String) -> String {
    (1..64).map(line).collect::<Vec<_>>().concat()
}

#[test]
fn what_is_too_much_is_given_up() {
    let doubling: String = lines(|at| format!("  l{at} = \"${{local.l{0}}}${{local.l{0}}}\"\n", at - 1));
    let lists: String = lines(|at| format!("  m{at} = concat(local.m{0}, local.m{0})\n", at - 1));
    let loops = "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]]";
    let text = format!(
        "locals {{\n  l0 = \"0123456789\"\n  m0 = [1]\n{doubling}{lists}}}\nresource \"t\" \"n\" {{\n  x = [local.l63, local.m63]\n}}\nresource \"t\" \"loop\" {{\n  x = {loops}\n}}\n"
    );
    let source = source(&[("", ".", &text)]);
    assert_eq!(attribute(&source, &Given::default(), &[], "t.n", &Key::None), Some(json!([hole(), hole()])));
    assert_eq!(attribute(&source, &Given::default(), &[], "t.loop", &Key::None), None);
}

#[test]
fn broken_and_deep_files_are_notes() {
    let deep = format!("locals {{\n a = {}1{}\n}}", "(".repeat(100_000), ")".repeat(100_000));
    let operators = format!("locals {{\n a = {}1\n}}", "1+".repeat(100_000));
    let not = format!("locals {{\n a = {}true\n}}", "!".repeat(100_000));
    let choices = format!("locals {{\n a = {}1\n}}", "true ? 1 : ".repeat(100_000));
    let templates = format!("locals {{\n a = {}1{}\n}}", "\"${".repeat(50_000), "}\"".repeat(50_000));
    for text in [deep.as_str(), &operators, &not, &choices, &templates, "locals {", "\u{0}", "a = \"unclosed"] {
        let source = source(&[("", ".", text)]);
        assert_eq!(source.notes.len(), 1, "{}", text.get(..20).unwrap_or(text));
        assert!(source.notes[0].starts_with("main.tf was left out"), "{:?}", source.notes);
    }
    let invalid = BTreeMap::from([(String::new(), (".", vec![0xFF, 0xFE, 0x00]))]);
    let source = Source::read(&mut Texts(invalid)).unwrap();
    assert_eq!(source.notes, ["main.tf was left out: it is not UTF-8"]);
}

#[test]
fn locals_tell_what_they_refer_to() {
    let text = r"
        locals {
          all  = { a = db.a.id, b = { id = db.b.id } }
          list = [db.a.id, local.other]
        }
    ";
    let source = source(&[("", ".", text)]);
    let name = |name: &str| Key::Name(name.into());
    assert_eq!(source.local(0, "all", &[]).unwrap(), ["db.a.id", "db.b.id"]);
    assert_eq!(source.local(0, "all", &[name("a")]).unwrap(), ["db.a.id"]);
    assert_eq!(source.local(0, "all", &[name("b"), name("id")]).unwrap(), ["db.b.id"]);
    assert_eq!(source.local(0, "list", &[Key::Index(1)]).unwrap(), ["local.other"]);
    assert_eq!(source.local(0, "none", &[]), None);
}

const APP: &str = r##"variable "class" {}

variable "engine" {
  default = "postgres"
}

resource "cloud_database" "main" {
  identifier     = "main"
  instance_class = var.class
  engine         = var.engine

  tags = { Name = "# planwise:ignore shared-nat not a comment" }
}

# planwise:ignore some-rule here # and there
resource "cloud_service" "api" {
  name          = "api"
  desired_count = 1 # planwise:ignore other-rule one is enough until=2027-03-31
}

output "engine" {
  value = var.engine
}
"##;

const ROOT: &str = r#"variable "count_of" {
  default = 1
}

variable "kind" {
  default = "gp2"
}

module "app" {
  source = "./app"
  class  = "class.small"
}

/* planwise:ignore * it goes soon */
module "far" {
  source = "acme/app/cloud"
  class  = "class.small"
}

# planwise:ignore some-rule nowhere

resource "cloud_volume" "a" {
  size = var.count_of
  type = var.kind
}

resource "cloud_service" "b" {
  name = "b"
  network_configuration {
    subnets = []
  }
}
"#;

/// The root module, a module of the same repository, and one from elsewhere.
fn application() -> Source {
    source(&[("", ".", ROOT), ("app", "app", APP), ("far", ".terraform/modules/far", APP)])
}

/// A file, a line, the lines there, and what takes their place.
type Written = (String, usize, Vec<String>, Vec<String>);

fn suggested(edits: &[((usize, &str), &str, &str)]) -> Option<Vec<Written>> {
    let edits: Vec<Edit> = edits
        .iter()
        .map(|((module, block), attribute, value)| Edit {
            block: (*module, (*block).to_owned()),
            spot: Spot::Attribute((*attribute).into()),
            value: (*value).to_owned(),
        })
        .collect();
    let root = |name: &str| match name {
        "kind" => Some(json!("gp2")),
        // Somebody sets another value on the command line.
        "count_of" => Some(json!(7)),
        _ => None,
    };
    let folder = tempfile::tempdir().unwrap();
    let mut source = application();
    let here = folder.path().to_path_buf();
    source.lies_in(Some(Ground { folder: here.clone(), tree: here.clone(), root: Some(here) }));
    let all = source.rewrite(&edits, &root)?.suggestions;
    Some(all.into_iter().map(|one| (one.file.to_string(), one.line, one.old, one.new)).collect())
}

#[test]
fn things_are_found_where_they_are_written() {
    let source = application();
    let places = |module, block, attributes: &[&str]| {
        let sought: Vec<_> = attributes.iter().map(|attribute| Sought { attribute, value: "" }).collect();
        let places = source.places(module, block, &sought).unwrap();
        (places.own.to_string(), places.call.map(|place| place.to_string()))
    };
    let (app, far) = (source.child(0, "app").unwrap(), source.child(0, "far").unwrap());
    assert_eq!(places(0, "cloud_volume.a", &[]), ("main.tf:22".to_owned(), None));
    assert_eq!(places(0, "cloud_volume.a", &["type"]).0, "main.tf:24");
    assert_eq!(places(0, "cloud_service.b", &["network_configuration.0.subnets"]).0, "main.tf:30");
    assert_eq!(places(0, "cloud_service.b", &["network_configuration.0.missing"]).0, "main.tf:29");
    assert_eq!(places(app, "cloud_database.main", &["missing", "instance_class"]), ("app/main.tf:9".to_owned(), None));
    // Of a module from elsewhere, the call, and in it what it says of the attribute.
    let far_class = places(far, "cloud_database.main", &["instance_class"]);
    assert_eq!(far_class, (".terraform/modules/far/main.tf:9".to_owned(), Some("main.tf:17".to_owned())));
    assert_eq!(places(far, "cloud_database.main", &["engine"]).1.as_deref(), Some("main.tf:15"));
    let sought = [Sought { attribute: "type", value: "" }];
    assert_eq!(source.places(0, "cloud_volume.a", &sought).unwrap().own.column, Some(3));
}

#[test]
fn edits_are_written_where_the_value_stands() {
    let one = |file: &str, line, old: &[&str], new: &[&str]| {
        let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        Some(vec![(file.to_owned(), line, owned(old), owned(new))])
    };
    let (app, far) = (1, 2);
    // Written out, with a comment behind it.
    let count = [((app, "cloud_service.api"), "desired_count", "2")];
    let old = "  desired_count = 1 # planwise:ignore other-rule one is enough until=2027-03-31";
    assert_eq!(suggested(&count), one("app/main.tf", 18, &[old], &[&old.replace("= 1", "= 2")]));
    // Handed in by the call, which is the user's own, wherever the module is from.
    let class = |module| [((module, "cloud_database.main"), "instance_class", "\"class.large\"")];
    let (old, new) = ("  class  = \"class.small\"", "  class  = \"class.large\"");
    assert_eq!(suggested(&class(app)), one("main.tf", 11, &[old], &[new]));
    assert_eq!(suggested(&class(far)), one("main.tf", 17, &[old], &[new]));
    // The default of a variable that nobody overrides; not of one that somebody does, or that is used twice.
    let kind = [((0, "cloud_volume.a"), "type", "\"gp3\"")];
    assert_eq!(suggested(&kind), one("main.tf", 6, &["  default = \"gp2\""], &["  default = \"gp3\""]));
    assert_eq!(suggested(&[((0, "cloud_volume.a"), "size", "20")]), None);
    assert_eq!(suggested(&[((app, "cloud_database.main"), "engine", "\"mysql\"")]), None);
    assert_eq!(suggested(&[((far, "cloud_service.api"), "desired_count", "2")]), None);
}

#[test]
fn what_is_not_there_is_added_in_its_place() {
    let added = |edits: &[((usize, &str), &str, &str)]| {
        let all = suggested(edits).unwrap();
        assert_eq!(all.len(), 1, "{all:?}");
        all.into_iter().next().map(|(_, line, old, new)| (line, old.join("\n"), new.join("\n"))).unwrap()
    };
    let volume = (0, "cloud_volume.a");
    let (line, old, new) = added(&[(volume, "throughput", "250"), (volume, "iops", "4000")]);
    assert_eq!((line, old.as_str()), (23, "  size = var.count_of\n  type = var.kind"));
    assert_eq!(new, "  size       = var.count_of\n  type       = var.kind\n  throughput = 250\n  iops       = 4000");
    let service = (0, "cloud_service.b");
    let breaker = [(service, "rollout_breaker.enable", "true"), (service, "rollout_breaker.rollback", "true")];
    let (line, old, new) = added(&breaker);
    assert_eq!((line, old.as_str()), (31, "  }"));
    assert_eq!(new, "  }\n\n  rollout_breaker {\n    enable   = true\n    rollback = true\n  }");
    let (line, _, new) = added(&[(service, "network_configuration.assign_public_ip", "true")]);
    assert_eq!((line, new.as_str()), (30, "    subnets          = []\n    assign_public_ip = true"));
}

/// The lines that take the place of others when `x` and `y` of the block are to be 1 and 2; the block begins in the first line.
fn adding(block: &str) -> Option<String> {
    let edit = |attribute: &str, value: &str| Edit {
        block: (0, "t.n".to_owned()),
        spot: Spot::Attribute(attribute.into()),
        value: value.to_owned(),
    };
    let all = source(&[("", ".", block)]).rewrite(&[edit("x", "1"), edit("yy", "2")], &|_| None)?.suggestions;
    Some(all.into_iter().map(|one| format!("{}:{}", one.line, one.new.join("|"))).collect::<Vec<_>>().join("; "))
}

#[test]
fn what_is_added_stands_where_a_reader_would_put_it() {
    let add = |body: &str| adding(&format!("resource \"t\" \"n\" {{\n{body}\n}}\n"));
    // Above what is no attribute, and in one column with what follows.
    assert_eq!(add("").as_deref(), Some("1:resource \"t\" \"n\" {|  x  = 1|  yy = 2"));
    assert_eq!(add("  count = 2\n  b {}").as_deref(), Some("1:resource \"t\" \"n\" {|  x     = 1|  yy    = 2"));
    assert_eq!(add("  yy         = 9\n  depends_on = [a.b]").as_deref(), Some("2:  yy         = 2|  x          = 1"));
    // Lines that are not aligned stay as they are; so do comments that go on elsewhere.
    assert_eq!(add("  a=1\n  x = 1\n").as_deref(), Some("3:  x = 1|  yy = 2"));
    assert_eq!(add("  x = 9 # a\n  b {} # b").as_deref(), Some("2:  x  = 1 # a|  yy = 2"));
    // Beside a heredoc, whose first line is aligned as well, and not in it.
    assert_eq!(
        add("  name = \"a\"\n  text = <<EOT\nx\nEOT").as_deref(),
        Some("2:  name = \"a\"|  x    = 1|  yy   = 2")
    );
    // Not into a comment, and not where everything stands on one line.
    assert_eq!(add("  a = 1 /* goes\n  on */"), None);
    assert_eq!(adding("resource \"t\" \"n\" { /* goes\n on */\n}"), None);
    assert_eq!(adding("resource \"t\" \"n\" { a = 1 }"), None);
}

/// The lines that take the place of others when a variable of the environment of `t.n`, in the root module or in `app`, is 3.
fn setting(modules: &[(&str, &'static str, &str)], name: &str) -> Option<Vec<String>> {
    let source = source(modules);
    let module = source.child(0, "app").unwrap_or(0);
    let edit = Edit {
        block: (module, "t.n".to_owned()),
        spot: Spot::Variable { name: name.into(), was: "9".to_owned() },
        value: "3".to_owned(),
    };
    let all = source.rewrite(&[edit], &|_| None)?.suggestions;
    Some(all.into_iter().map(|one| format!("{}:{} {}", one.file, one.line, one.new.join("|").trim())).collect())
}

#[test]
fn variables_are_set_where_their_value_is_written() {
    let of = |body: &str| setting(&[("", ".", &format!("resource \"t\" \"n\" {{\n{body}\n}}\n"))], "POOL");
    let one = |text: &str| Some(vec![text.to_owned()]);
    assert_eq!(
        of("  d = jsonencode([{ environment = [{ name = \"POOL\", value = \"9\" }] }])"),
        one("main.tf:2 d = jsonencode([{ environment = [{ name = \"POOL\", value = \"3\" }] }])")
    );
    assert_eq!(of("  e {\n    variables = {\n      POOL = 9\n    }\n  }"), one("main.tf:4 POOL = 3"));
    // In a local, or in what a call hands down, where that is used for nothing else.
    let local =
        |more: &str| of(&format!("  d = jsonencode(local.c)\n}}\nlocals {{\n  c = [{{ POOL = \"9\" }}]\n{more}"));
    assert_eq!(local(""), one("main.tf:5 c = [{ POOL = \"3\" }]"));
    assert_eq!(local("  other = local.c"), None);
    // Through what only makes a text of it.
    assert_eq!(
        of("  d = { POOL = tostring(local.p), A = \"${local.q}\" }\n}\nlocals {\n  p = 9"),
        one("main.tf:5 p = 3")
    );
    // Twice, in one branch only, in another's name, as a secret: it cannot be told what counts.
    assert_eq!(of("  d = merge({ POOL = 9 }, { POOL = 9 })"), None);
    assert_eq!(of("  d = true ? { POOL = 9 } : {}"), None);
    assert_eq!(of("  d = { POOL_SIZE = 9, x = \"POOL\" }"), None);
    assert_eq!(of("  d = [{ name = \"POOL\", valueFrom = \"arn\" }]"), None);
    let app = "variable \"env\" {}\nresource \"t\" \"n\" {\n  d = [for k, v in var.env : { name = k, value = v }]\n}\n";
    let root = "module \"app\" {\n  source = \"./app\"\n  env = {\n    POOL = \"9\"\n  }\n}\n";
    assert_eq!(setting(&[("", ".", root), ("app", "app", app)], "POOL"), one("main.tf:4 POOL = \"3\""));
    // One that a later part may outweigh, or another stage's, has another value than the plan.
    assert_eq!(of("  d = merge({ POOL = \"7\" }, var.more)"), None);
    assert_eq!(of("  d = local.all[var.stage]\n}\nlocals {\n  all = { a = { POOL = 7 }, b = { POOL = 8 } }"), None);
    // What a `for` goes through, and the default of a variable of a module.
    assert_eq!(
        of("  d = [for k, v in { POOL = 9 } : { name = k, value = v }]"),
        one("main.tf:2 d = [for k, v in { POOL = 3 } : { name = k, value = v }]")
    );
    let own = app.replace("{}", "{\n  default = { POOL = 9 }\n}");
    let bare = "module \"app\" {\n  source = \"./app\"\n}\n";
    assert_eq!(setting(&[("", ".", bare), ("app", "app", &own)], "POOL"), one("app/main.tf:2 default = { POOL = 3 }"));
    let twice = format!("{app}output \"env\" {{\n  value = var.env\n}}\n");
    assert_eq!(setting(&[("", ".", root), ("app", "app", &twice)], "POOL"), None);
    // Of two containers, the one that is named.
    let both = "resource \"t\" \"n\" {\n  d = [\n    { name = \"a\", environment = [{ name = \"POOL\", value = \"9\" }] },\n    \
                { name = \"b\", environment = [{ name = \"POOL\", value = \"9\" }] },\n  ]\n}\n";
    let named = |name: &str| setting(&[("", ".", both)], name);
    assert_eq!(named("POOL"), None);
    assert_eq!(named("b.POOL"), one("main.tf:4 { name = \"b\", environment = [{ name = \"POOL\", value = \"3\" }] },"));
    // A name with dots of its own.
    assert_eq!(
        setting(&[("", ".", "resource \"t\" \"n\" {\n  d = { \"a.b.c\" = 9 }\n}\n")], "a.b.c"),
        one("main.tf:2 d = { \"a.b.c\" = 3 }")
    );
}

#[test]
fn what_others_read_is_not_changed() {
    let edited = |more: &str| {
        let text = format!("resource \"t\" \"n\" {{\n  x = 1\n  b {{\n    y = 1\n  }}\n}}\n{more}");
        ["x", "b.0.y"].map(|attribute| {
            let edit =
                Edit { block: (0, "t.n".to_owned()), spot: Spot::Attribute(attribute.into()), value: "2".to_owned() };
            source(&[("", ".", &text)]).rewrite(&[edit], &|_| None).is_some()
        })
    };
    assert_eq!(edited(""), [true, true]);
    assert_eq!(edited("resource \"t\" \"m\" {\n  x = t.n.x\n  z = t.n.id\n}\n"), [false, true]);
    assert_eq!(edited("output \"y\" {\n  value = t.n.b[0].y\n}\n"), [true, false]);
    assert_eq!(edited("output \"all\" {\n  value = t.n\n}\n"), [false, false]);
    assert_eq!(edited("resource \"t\" \"m\" {\n  depends_on = [t.n]\n}\n"), [true, true]);
    let own = "  lifecycle {\n    precondition {\n      condition = self.x == 1\n    }\n  }\n";
    assert_eq!(edited(&format!("resource \"t\" \"m\" {{\n{own}}}\n")), [false, true]);
}

#[test]
fn comments_stay_in_one_column() {
    let set = |block: &str| {
        let edit = Edit {
            block: (0, "t.n".to_owned()),
            spot: Spot::Variable { name: "POOL".into(), was: "150".to_owned() },
            value: "9".to_owned(),
        };
        let all = source(&[("", ".", block)]).rewrite(&[edit], &|_| None)?.suggestions;
        Some(all.into_iter().map(|one| format!("{}:{}", one.line, one.new.join("|"))).collect::<Vec<_>>().join("; "))
    };
    let block = |members: &str| format!("resource \"t\" \"n\" {{\n  d = {{\n{members}\n  }}\n}}\n");
    // Members of an object, and elements of a list.
    assert_eq!(
        set(&block("    POOL = \"150\" # one\n    LOG  = \"x\"   # two")).as_deref(),
        Some("3:    POOL = \"9\" # one|    LOG  = \"x\" # two")
    );
    let list = "    l = [\n      { name = \"POOL\", value = \"150\" }, # pool\n      { name = \"LOG\", value = \"x\" },    # log\n    ]";
    assert_eq!(
        set(&block(list)).as_deref(),
        Some("4:      { name = \"POOL\", value = \"9\" }, # pool|      { name = \"LOG\", value = \"x\" },  # log")
    );
    // Where they stood in no column, each stays as it is.
    assert_eq!(
        set(&block("    POOL = 150   # one\n    LOG  = \"x\" # two")).as_deref(),
        Some("3:    POOL = 9   # one")
    );
    assert_eq!(set(&block("    POOL = \"150\" /* 150 */")).as_deref(), Some("3:    POOL = \"9\" /* 150 */"));
}

#[test]
fn settings_are_blocks_with_a_name() {
    let set = |more: &str| {
        let block = "  setting {\n    name  = \"Least\"\n    value = \"1\"\n  }\n";
        let text = format!("resource \"t\" \"n\" {{\n{block}{more}}}\n");
        let edit = |name: &str| Edit {
            block: (0, "t.n".to_owned()),
            spot: Spot::Attribute(name.into()),
            value: "2".to_owned(),
        };
        let written =
            |name: &str| source(&[("", ".", &text)]).rewrite(&[edit(name)], &|_| None).map(|all| all.suggestions);
        // What is no setting yet is no attribute either.
        assert_eq!(written("setting.Most"), None);
        written("setting.Least").map(|all| all.into_iter().map(|one| (one.line, one.new)).collect::<Vec<_>>())
    };
    let expected = vec![(4, vec!["    value = \"2\"".to_owned()])];
    assert_eq!(set(""), Some(expected.clone()));
    assert_eq!(set("  setting {\n    name  = \"Other\"\n    value = \"5\"\n  }\n"), Some(expected));
    assert_eq!(set("  setting {\n    name  = \"Least\"\n    value = \"5\"\n  }\n"), None);
}

#[test]
fn what_is_left_as_it_is_whatever_is_written() {
    let is_frozen = |lifecycle: &str, attribute: &str| {
        let text = format!("resource \"t\" \"n\" {{\n  x = 1\n  b {{\n    y = 1\n  }}\n  {lifecycle}\n}}\n");
        let block = (0, "t.n".to_owned());
        let edit = Edit { block, spot: Spot::Attribute(attribute.into()), value: "2".to_owned() };
        source(&[("", ".", &text)]).rewrite(&[edit], &|_| None).unwrap().is_frozen
    };
    assert!(is_frozen("lifecycle {\n    ignore_changes = all\n  }", "x"));
    assert!(is_frozen("lifecycle {\n    ignore_changes = [z, x]\n  }", "x"));
    assert!(is_frozen("lifecycle {\n    ignore_changes = [b[0].y]\n  }", "b.0.y"));
    assert!(!is_frozen("lifecycle {\n    ignore_changes = [b, tags[\"x\"]]\n  }", "x"));
    assert!(!is_frozen("lifecycle {\n    create_before_destroy = true\n  }", "x"));
}

#[test]
fn comments_say_what_shall_not_be_told() {
    let Ignores { here, astray, elsewhere } = application().ignores();
    let all: Vec<_> =
        here.iter().map(|one| format!("{} {} {} {}", one.place, one.address, one.is_call, one.text)).collect();
    assert_eq!(
        all,
        [
            "app/main.tf:15 module.app.cloud_service.api false some-rule here # and there",
            "app/main.tf:18 module.app.cloud_service.api false other-rule one is enough until=2027-03-31",
            "main.tf:14 module.far true * it goes soon",
        ]
    );
    assert_eq!(astray.iter().map(ToString::to_string).collect::<Vec<_>>(), ["main.tf:20"]);
    // Somebody else wrote the files behind the call.
    let elsewhere: Vec<_> =
        elsewhere.iter().map(|(call, place)| (call.as_str(), place.as_ref().map(ToString::to_string))).collect();
    assert_eq!(elsewhere, [("module.far", Some("main.tf:15".to_owned()))]);
}

const NAMES: &str = r#"resource "cloud_task" "a" {
  # DB_POOL_SIZE = 20 was too much; the use of credits is another matter
  memory = 512
  container_definitions = jsonencode([
    {
      name        = "api"
      environment = [
        # { name = "DB_POOL_SIZE", value = "50" }
        { name = "DB_POOL_SIZE", value = "20" },
        { name = "NOTE", value = "DB_POOL_SIZE and use, credits, operations" },
        { name = "WORKERS", value = "2" },
      ]
    },
    {
      name        = "worker"
      command     = ["serve", "--threads", "4"]
      environment = [
        { name = "WORKERS", value = "3" },
        { name = "SIZE", value = "3" },
      ]
    },
    { environment = [{ name = "SIZE", value = "3" }] },
  ])
}

resource "cloud_machine" "b" {
  disk {
    name = "a"
    type = "old"
    size = 8
  }
  disk {
    name = "b"
    type = "new"
    size = 8
  }
  tags = { use = "credits" }
}

resource "cloud_parameters" "c" {
  parameter {
    name  = "shared_buffers"
    value = "1"
  }
  parameter {
    name  = "max_connections"
    value = "200"
  }
}
"#;

#[test]
fn a_name_is_found_where_it_is_one() {
    let source = source(&[("", ".", NAMES)]);
    let line = |block, all: &[(&'static str, &'static str)]| {
        let sought: Vec<_> = all.iter().map(|(attribute, value)| Sought { attribute, value }).collect();
        source.places(0, block, &sought).unwrap().own.line.unwrap()
    };
    let task = |all: &[(&'static str, &'static str)]| line("cloud_task.a", all);
    // No comment, and no text that merely speaks of it.
    assert_eq!(task(&[("DB_POOL_SIZE", "20")]), 9);
    assert_eq!(task(&[("api.DB_POOL_SIZE", "7")]), 9);
    assert_eq!(task(&[("container_definitions", "2"), ("DB_POOL_SIZE", "20")]), 9);
    assert_eq!(task(&[("--threads", "4")]), 16);
    // The first attribute of all, before any name.
    assert_eq!(task(&[("DB_POOL_SIZE", "20"), ("memory", "512")]), 3);
    // In two containers: that with the value, or else what holds both.
    assert_eq!(task(&[("worker.WORKERS", "3")]), 18);
    assert_eq!(task(&[("SIZE", "3")]), 4);
    // Words that describe.
    for word in ["use", "credits", "operations", "with ARM processors", "cpu.operations", "absent.memory", "42"] {
        assert_eq!(task(&[(word, "")]), 1, "{word}");
    }
    assert_eq!(line("cloud_machine.b", &[("use", "credits")]), 26);
    // Of several blocks that with the value, and none where two have it.
    let machine = |attribute, value| line("cloud_machine.b", &[(attribute, value)]);
    assert_eq!(machine("disk.type", "new"), 34);
    assert_eq!(machine("disk.0.type", "old"), 29);
    assert_eq!(machine("disk", "new"), 32);
    assert_eq!(machine("disk.size", "8"), 26);
    assert_eq!(machine("disk.type", "other"), 26);
    assert_eq!(machine("disk", ""), 26);
    // A name that a block gives itself.
    assert_eq!(line("cloud_parameters.c", &[("max_connections", "200")]), 46);
    assert_eq!(line("cloud_parameters.c", &[("parameter.max_connections", "200")]), 46);
}

#[test]
fn paths_are_told_from_where_they_are_known_to_lie() {
    let texts = |folder: &'static str| Texts([(String::new(), (folder, b"resource \"a\" \"b\" {}".to_vec()))].into());
    let told = |folder, said: Option<&str>| {
        let mut source = Source::read(&mut texts(folder)).unwrap();
        said.inspect(|said| source.is_said_to_lie_in(said));
        (source.places(0, "a.b", &[]).unwrap().own.file.to_string(), source.unplaced().is_some())
    };
    let path = |path: &str, is_unplaced| (path.to_owned(), is_unplaced);
    assert_eq!(told(".", None), path("${path.root}/main.tf", true));
    assert_eq!(told("../net", None), path("${path.root}/../net/main.tf", true));
    assert_eq!(told(".", Some("")), path("main.tf", false));
    assert_eq!(told(".", Some(".")), path("main.tf", false));
    assert_eq!(told("../net", Some("infra/live")), path("infra/net/main.tf", false));
    // What leads out stays told as it is: no other file is named for it.
    assert_eq!(told("../../net", Some("infra")), path("../net/main.tf", false));
    assert_eq!(told("/srv/net", Some("infra")), path("/srv/net/main.tf", false));
    assert_eq!(told(".", Some("../infra")), path("${path.root}/main.tf", true));
}
