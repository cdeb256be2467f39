//! The tree of module instances: `module.cell["a"].module.net` under `module.cell["a"]` under the root.

use rustc_hash::FxHashMap;

use super::configuration::Configuration;
use crate::model::{Key, Parsed, Step, Text, steps};

/// The root module's position in [`Modules`].
pub(super) const ROOT: usize = 0;

/// One module instance.
#[derive(Debug)]
pub(super) struct ModuleInstance {
    pub(super) parent: Option<usize>,
    /// The name of its call.
    pub(super) call: Text,
    pub(super) key: Key,
    /// The module of the configuration that it is an instance of.
    pub(super) module: Option<usize>,
}

/// The module calls that lead to a resource, outermost first: by the address of its module (`module.a["x"].module.b`, empty
/// for the root), or else by its own.
pub(super) fn path<'a>(module: Option<&'a str>, address: Option<&'a str>) -> Vec<Step<'a>> {
    match (module, address) {
        (Some(module), _) => {
            let mut path = steps(module).unwrap_or_default();
            path.retain(|step| step.name != "module");
            path
        }
        (None, Some(address)) if address.starts_with("module.") => {
            Parsed::of(address).map(|parsed| parsed.modules).unwrap_or_default()
        }
        (None, _) => Vec::new(),
    }
}

/// All module instances that the plan's resources stand in, and those without resources that stand beside them.
#[derive(Debug)]
pub(super) struct Modules {
    pub(super) instances: Vec<ModuleInstance>,
    children: FxHashMap<(usize, Text), Vec<usize>>,
    by_key: FxHashMap<(usize, Text, Key), usize>,
    by_address: FxHashMap<String, usize>,
}

impl Modules {
    pub(super) fn new(configuration: &Configuration<'_>) -> Self {
        let root = ModuleInstance { parent: None, call: Text::default(), key: Key::None, module: configuration.root() };
        let by_address = FxHashMap::from_iter([(String::new(), ROOT)]);
        Self { instances: vec![root], children: FxHashMap::default(), by_key: FxHashMap::default(), by_address }
    }

    /// The instance that a resource stands in, entered into the tree if it is new. See [`path`].
    pub(super) fn around(
        &mut self,
        module: Option<&str>,
        address: Option<&str>,
        configuration: &Configuration<'_>,
    ) -> usize {
        if let Some(known) = module.and_then(|module| self.by_address.get(module)) {
            return *known;
        }
        let path = path(module, address);
        let found = path.iter().fold(ROOT, |at, step| self.child(at, step, configuration));
        if let Some(module) = module {
            self.by_address.insert(module.to_owned(), found);
        }
        found
    }

    /// The instance that one call in `parent` leads to.
    fn child(&mut self, parent: usize, step: &Step<'_>, configuration: &Configuration<'_>) -> usize {
        let name = Text::from(step.name);
        *self.by_key.entry((parent, name.clone(), step.key.clone())).or_insert_with(|| {
            let module = self.instances.get(parent).and_then(|parent| parent.module);
            let module = module.and_then(|module| configuration.child(module, step.name));
            let new = self.instances.len();
            self.children.entry((parent, name)).or_default().push(new);
            let (call, key) = (step.name.into(), step.key.clone());
            self.instances.push(ModuleInstance { parent: Some(parent), call, key, module });
            new
        })
    }

    /// The instance that a path of calls leads to, if there is one.
    pub(super) fn find(&self, path: &[(Text, Key)]) -> Option<usize> {
        path.iter().try_fold(ROOT, |at, (call, key)| self.by_key.get(&(at, call.clone(), key.clone())).copied())
    }

    pub(super) fn get(&self, instance: usize) -> Option<&ModuleInstance> {
        self.instances.get(instance)
    }

    /// The instances of the module call `name` in `parent`.
    pub(super) fn children(&self, parent: usize, name: &str) -> &[usize] {
        self.children.get(&(parent, Text::from(name))).map_or(&[], Vec::as_slice)
    }

    /// Whether the call that makes a module instance makes others too.
    pub(super) fn has_siblings(&self, instance: usize) -> bool {
        let parent =
            self.instances.get(instance).and_then(|here| here.parent.map(|parent| (parent, here.call.clone())));
        parent.and_then(|place| self.children.get(&place)).is_some_and(|children| children.len() > 1)
    }

    /// A module instance, and those that it stands in.
    pub(super) fn up_from(&self, instance: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(instance), |at| self.instances.get(*at).and_then(|instance| instance.parent))
    }

    /// Enters modules that no resource shows, because they have none: those that only hand values on.
    pub(super) fn complete(&mut self, configuration: &Configuration<'_>) {
        let mut at = 0;
        while let Some(instance) = self.instances.get(at) {
            let module = instance.module.and_then(|module| configuration.modules.get(module));
            let mut bare: Vec<(&str, usize)> = module
                .into_iter()
                .flat_map(super::configuration::Module::calls)
                .filter(|(name, _)| self.children(at, name).is_empty())
                .filter(|(_, called)| {
                    configuration.modules.get(*called).is_some_and(super::configuration::Module::is_bare)
                })
                .collect();
            bare.sort_unstable();
            for (name, _) in bare {
                self.child(at, &Step { name, key: Key::None }, configuration);
            }
            at += 1;
        }
    }
}
