//! What the units of a workload keep beyond a request: sessions, files, locks; and where they could.

use std::collections::BTreeMap;

use crate::facts::{
    ComputeKind, ContainerRole, Environment, FactKey, Held, Keeping, Matter, Mount, Part, Place, Relation, Runs, Said,
    StorageKind, StoreKind, Template, Volume, VolumeKind,
};
use crate::graph::Graph;
use crate::model::{Address, Attr, Evidence, Text, Why};

use super::declared::{differ, piece};
use super::storage::Storage;
use super::workload::{Gap, Workload, WorkloadId, gap};

/// What a workload keeps, and what it could keep it in.
#[derive(Debug, Default)]
pub struct Keeps {
    /// Where it keeps something, as its environment says, or somebody.
    pub kept: Vec<Kept>,
    /// What shows that there are sessions, and not where.
    pub signs: Vec<Evidence>,
    /// Stores that its environment names.
    pub leads: Vec<NamedStore>,
    /// Tables and buckets that it speaks of, or is allowed to use.
    pub stores: Vec<(Place, Evidence)>,
    /// What its units find beside their own disk, where what is written there stays with one machine.
    pub volumes: Vec<LocalVolume>,
    /// Why there may be more that cannot be seen, if there may.
    pub hidden: Option<Gap>,
    /// Where variables stand that nobody sees, if somebody would look there: that a machine's image may set more goes without
    /// saying.
    pub unseen: Option<Evidence>,
    /// What somebody says of its sessions.
    pub sessions: Option<Held>,
}

/// Something that is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What.
    pub matter: Matter,
    /// Where.
    pub place: Attr<Place>,
    /// What says so.
    pub evidence: Evidence,
    /// The path on a disk, where it says one.
    pub path: Option<Text>,
    /// The container that says so, where there are several.
    pub container: Option<Text>,
    /// Whose word it is, where that is documented; empty otherwise.
    pub by: &'static str,
    /// Whether somebody declares it.
    pub declared: bool,
    /// Why it may mean nothing, if it may.
    pub doubt: Option<String>,
}

/// A store that a variable names.
#[derive(Clone, Debug)]
pub struct NamedStore {
    /// What it is.
    pub kind: Place,
    /// The variable.
    pub evidence: Evidence,
    /// Whether it stands in the same unit.
    pub local: bool,
}

/// A volume that belongs to one machine.
#[derive(Clone, Debug)]
pub struct LocalVolume {
    /// What it is.
    pub kind: VolumeKind,
    /// What says so.
    pub evidence: Evidence,
    /// Where containers have it.
    pub mounts: Vec<(Text, Text)>,
}

/// Finds what each workload keeps.
pub(super) fn keeps(graph: &Graph, workloads: &mut [Workload], storages: &[Storage], remarks: &mut Vec<String>) {
    let mut files: BTreeMap<WorkloadId, &Address> = BTreeMap::new();
    for storage in storages.iter().filter(|storage| storage.kind == StorageKind::Files) {
        for user in &storage.users {
            files.entry(user.workload).or_insert(&storage.address);
        }
    }
    for (at, workload) in workloads.iter_mut().enumerate() {
        let mut keeps = Keeps::default();
        let mounted = files.get(&WorkloadId(at)).copied();
        let parts = workload.parts(graph);
        // What runs once on each machine is there for that machine.
        let everywhere = parts.iter().any(|(_, part)| part.runs == Runs::OnEachMachine);
        for (holder, part) in parts {
            keeps.part(holder, part, mounted);
        }
        if everywhere {
            keeps.volumes.clear();
        }
        keeps.hidden = hidden(graph, workload);
        keeps.unseen = unseen(graph, workload);
        keeps.stores(graph, workload);
        keeps.hear(workload, remarks);
        workload.keeps = keeps;
    }
}

/// Why some of what a workload is made from cannot be seen, if it cannot.
fn hidden(graph: &Graph, workload: &Workload) -> Option<Gap> {
    workload.hidden_part(graph).or_else(|| {
        let mut all = workload.environments(graph).into_iter();
        all.find_map(|(holder, environment)| {
            let why = environment.hidden?;
            Some(gap(holder, "environment", why, why.to_string()))
        })
    })
}

/// Where variables stand that cannot be seen, if there are such.
fn unseen(graph: &Graph, workload: &Workload) -> Option<Evidence> {
    let by_image = matches!(workload.kind, ComputeKind::Machine | ComputeKind::MachineGroup);
    let tells = |why: &Why| !by_image || *why != Why::Elsewhere;
    if let Some(gap) = workload.template_gap.as_ref().filter(|_| !by_image) {
        return Some(gap.evidence.clone());
    }
    let parts = workload.parts(graph);
    let whole = parts.iter().find_map(|(holder, part)| Some((*holder, part.attribute, part.hidden.filter(tells)?)));
    let of_one = || {
        let mut all = workload.environments(graph).into_iter();
        all.find_map(|(holder, environment)| Some((holder, "environment", environment.hidden.filter(tells)?)))
    };
    let (holder, attribute, why) = whole.or_else(of_one)?;
    Some(gap(holder, attribute, why, why.to_string()).evidence)
}

impl Keeps {
    fn part(&mut self, holder: &Address, part: &Template, mounted: Option<&Address>) {
        let scripted = part.boots_with.is_some_and(|(_, mounts)| mounts);
        let own = Surroundings { volumes: &part.volumes, mounts: Attr::Set(&part.mounts), mounted, scripted };
        self.environment(holder, None, &part.environment, &own);
        let apart = part.containers.len() > 1;
        for container in part.containers.iter().filter(|one| one.role != ContainerRole::Sidecar) {
            let mounts = container.mounts.as_ref().map(Vec::as_slice);
            let around = Surroundings { volumes: &part.volumes, mounts, mounted, scripted };
            let name = apart.then(|| container.name.clone());
            self.environment(holder, name.as_ref(), &container.environment, &around);
        }
        self.volumes.extend(part.volumes.iter().filter_map(|volume| local(holder, part, volume)));
    }

    fn environment(
        &mut self,
        holder: &Address,
        container: Option<&Text>,
        environment: &Environment,
        around: &Surroundings<'_>,
    ) {
        let heard = &environment.keeps;
        self.kept.extend(heard.settled().into_iter().map(|keeping| around.kept(holder, container, keeping)));
        let set = |key: &Text| Evidence::plan(holder, key.clone(), "(set)");
        self.signs.extend(heard.signs.iter().map(set));
        self.leads.extend(heard.leads.iter().map(|lead| NamedStore {
            kind: lead.kind,
            evidence: Evidence::plan(holder, lead.key.clone(), if lead.local { "the unit itself" } else { "(set)" }),
            local: lead.local,
        }));
    }

    /// Tables and buckets of the plan that it speaks of, and services of that kind that it may use.
    fn stores(&mut self, graph: &Graph, workload: &Workload) {
        let place = |kind| match kind {
            StoreKind::Table => Some(Place::Table),
            StoreKind::Objects => Some(Place::Objects),
            _ => None,
        };
        for node in &workload.nodes {
            for (to, edge) in graph.links(*node, Relation::Mentions) {
                let Part::Store(store) = graph.node(to).part() else { continue };
                let Some(place) = place(store.kind) else { continue };
                let (from, to) = (&graph.node(*node).address, &graph.node(to).address);
                self.stores.push((place, Evidence::plan(from, edge.attribute, to.to_string())));
            }
        }
        // What pulls images and layers is the platform.
        for used in workload.uses.iter().filter(|used| !used.to_start && !used.by_gateway) {
            let Some(place) = used.service.holds.and_then(place) else { continue };
            self.stores.extend(used.evidence.first().map(|evidence| (place, evidence.clone())));
        }
    }

    /// Puts in what somebody says.
    fn hear(&mut self, workload: &Workload, remarks: &mut Vec<String>) {
        let Some(told) = &workload.declared else { return };
        let what = &told.what;
        self.sessions = what.sessions.as_ref().map(|said| said.value);
        for (key, matters, said) in [
            (FactKey::Sessions, &[Matter::Sessions][..], &what.sessions),
            (FactKey::Files, &[Matter::Files, Matter::Data], &what.files),
            (FactKey::Locks, &[Matter::Locks], &what.locks),
        ] {
            if let Some(said) = said {
                self.said(&workload.address, (key, matters), said, remarks);
            }
        }
    }

    fn said(
        &mut self,
        address: &Address,
        (key, matters): (FactKey, &[Matter]),
        said: &Said<Held>,
        remarks: &mut Vec<String>,
    ) {
        let is_of = |kept: &Kept| matters.contains(&kept.matter);
        let shown = self.kept.iter().find(|kept| {
            let local = kept.place.known().is_some_and(|place| place.is_local());
            is_of(kept) && kept.place.known().is_some() && local != (said.value == Held::Local) && kept.doubt.is_none()
        });
        if let Some(kept) = shown {
            let shown = format!("{} is {}", kept.evidence.attribute, kept.evidence.value);
            remarks.push(differ(address, key, &said.place, said.value.as_str(), &shown));
        }
        self.kept.retain(|kept| !is_of(kept));
        if key == FactKey::Sessions {
            self.signs.clear();
        }
        if key == FactKey::Files && said.value != Held::Local {
            self.volumes.clear();
        }
        if said.value == Held::Local {
            let evidence = piece(address, key, said, said.value.as_str().to_owned());
            self.kept.extend(matters.first().map(|matter| Kept {
                matter: *matter,
                place: Attr::Set(Place::Unit),
                evidence,
                path: None,
                container: None,
                by: "",
                declared: true,
                doubt: None,
            }));
        }
    }
}

/// What is mounted where an environment says that something is kept.
struct Surroundings<'s> {
    volumes: &'s [Volume],
    mounts: Attr<&'s [Mount]>,
    /// A file system that the workload mounts, nobody sees where.
    mounted: Option<&'s Address>,
    /// Whether the script that it boots with mounts something.
    scripted: bool,
}

impl Surroundings<'_> {
    fn kept(&self, holder: &Address, container: Option<&Text>, keeping: Keeping) -> Kept {
        let Keeping { key, matter, place, shown, path, by, doubt } = keeping;
        let value = place.why_unknown().map_or_else(|| shown.to_string(), |why| format!("({why})"));
        let mut kept = Kept {
            matter,
            place,
            evidence: Evidence::plan(holder, key, value),
            path,
            container: container.cloned(),
            by,
            declared: false,
            doubt: doubt.map(str::to_owned),
        };
        if kept.place == Attr::Set(Place::Disk) {
            match self.lies_on(kept.path.as_deref()) {
                Attr::Set(true) => kept.place = Attr::Set(Place::Mount),
                Attr::Set(false) | Attr::Unset => {}
                Attr::Unknown(_) => kept.doubt = kept.doubt.or_else(|| Some(self.doubt())),
            }
        }
        kept
    }

    /// Whether a path lies on a file system that all units reach.
    fn lies_on(&self, path: Option<&str>) -> Attr<bool> {
        let unknown = Attr::<bool>::Unknown(Why::Elsewhere);
        let mounts = match &self.mounts {
            Attr::Set(mounts) => *mounts,
            Attr::Unset => &[],
            Attr::Unknown(why) => return Attr::Unknown(*why),
        };
        let kind = |mount: &Mount| {
            let volume = self.volumes.iter().find(|volume| volume.name == mount.volume);
            volume.map_or(Attr::Unknown(Why::Elsewhere), |volume| volume.kind.clone())
        };
        let absolute = path.filter(|path| path.starts_with('/'));
        let over = absolute.and_then(|path| {
            let over = mounts.iter().filter(|mount| is_within(path, &mount.path));
            over.max_by_key(|mount| mount.path.len())
        });
        match over.map(kind) {
            Some(Attr::Set(kind)) => return Attr::Set(kind == VolumeKind::Shared),
            Some(_) => return unknown,
            None => {}
        }
        let shared = mounts.iter().any(|mount| kind(mount) != Attr::Set(VolumeKind::Unit) && !mount.reads_only);
        // Where a file system is mounted by a script nobody sees; and what a relative path is relative to.
        let by_hand = self.scripted || (self.mounted.is_some() && mounts.is_empty());
        if by_hand || (absolute.is_none() && shared) { unknown } else { Attr::Set(false) }
    }

    fn doubt(&self) -> String {
        match self.mounted {
            Some(files) => format!("it mounts {files}, and whether the path lies there cannot be seen"),
            None => "whether the path lies on a file system that is mounted cannot be seen".to_owned(),
        }
    }
}

/// Whether a path lies in a folder, or is it.
pub fn is_within(path: &str, folder: &str) -> bool {
    let folder = folder.trim_end_matches('/');
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A volume on which something of a unit's own may be kept, and which belongs to one machine.
fn local(holder: &Address, part: &Template, volume: &Volume) -> Option<LocalVolume> {
    let kind = *volume.kind.known()?;
    let evidence = |value: String| Evidence::plan(holder, volume.attribute, value);
    match kind {
        VolumeKind::Shared | VolumeKind::Unit => None,
        VolumeKind::LeftBehind | VolumeKind::Fleeting => {
            let value = volume.name.to_string();
            Some(LocalVolume { kind, evidence: evidence(value), mounts: Vec::new() })
        }
        VolumeKind::Machine => {
            let containers = part.containers.iter().filter(|one| one.role != ContainerRole::Sidecar);
            let mounts = containers.flat_map(|one| {
                let all = one.mounts.known().map_or(&[][..], Vec::as_slice);
                let own = all.iter().filter(|mount| mount.volume == volume.name && !mount.reads_only);
                own.map(|mount| (one.name.clone(), mount.path.clone()))
            });
            let mounts: Vec<_> = mounts.filter(|(_, path)| !is_of_system(path)).collect();
            if mounts.is_empty() || is_of_system(&volume.path) {
                return None;
            }
            let value = if volume.path.is_empty() { volume.name.to_string() } else { volume.path.to_string() };
            Some(LocalVolume { kind, evidence: evidence(value), mounts })
        }
    }
}

/// Whether a folder belongs to the machine and its programs: its sockets, its processes, its logs, its settings.
///
/// Source: Filesystem Hierarchy Standard 3.0, not looked up again.
fn is_of_system(path: &str) -> bool {
    const FOLDERS: &[&str] = &[
        "/boot",
        "/cgroup",
        "/dev",
        "/etc",
        "/lib",
        "/lib64",
        "/proc",
        "/run",
        "/sys",
        "/usr",
        "/var/cache",
        "/var/lib/docker",
        "/var/lib/containerd",
        "/var/lib/ecs",
        "/var/log",
        "/var/run",
    ];
    path == "/" || path.rsplit('.').next() == Some("sock") || FOLDERS.iter().any(|folder| is_within(path, folder))
}

impl Workload {
    /// Whether it has units of which each may answer the next request, or take the next job.
    pub fn has_units(&self) -> bool {
        let runs_on = matches!(
            self.kind,
            ComputeKind::Machine
                | ComputeKind::MachineGroup
                | ComputeKind::ContainerService
                | ComputeKind::Platform
                | ComputeKind::Function
        );
        runs_on && !self.carries_others
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_within_folders() {
        assert!(is_within("/data/uploads", "/data") && is_within("/data", "/data/"));
        assert!(!is_within("/database", "/data"));
        for path in ["/", "/var/run/docker.sock", "/proc", "/sys/fs/cgroup", "/var/log/app", "/etc/localtime"] {
            assert!(is_of_system(path), "{path}");
        }
        for path in ["/data", "/var/lib/app", "/srv/uploads", "/var/www"] {
            assert!(!is_of_system(path), "{path}");
        }
    }

    fn around<'s>(volumes: &'s [Volume], mounts: &'s [Mount]) -> Surroundings<'s> {
        Surroundings { volumes, mounts: Attr::Set(mounts), mounted: None, scripted: false }
    }

    #[test]
    fn what_lies_on_a_shared_file_system() {
        let volume = |name: &str, kind| Volume {
            name: name.into(),
            kind: Attr::Set(kind),
            path: Text::default(),
            attribute: "volume",
        };
        let mount = |volume: &str, path: &str| Mount { volume: volume.into(), path: path.into(), reads_only: false };
        let volumes = [volume("efs", VolumeKind::Shared), volume("scratch", VolumeKind::Unit)];
        let mounts = [mount("efs", "/data"), mount("scratch", "/data/tmp")];
        let here = around(&volumes, &mounts);
        assert_eq!(here.lies_on(Some("/data/uploads")), Attr::Set(true));
        assert_eq!(here.lies_on(Some("/data/tmp/uploads")), Attr::Set(false));
        assert_eq!(here.lies_on(Some("/srv")), Attr::Set(false));
        assert!(here.lies_on(Some("uploads")).why_unknown().is_some());
        assert!(here.lies_on(None).why_unknown().is_some());
        assert_eq!(around(&volumes, &[]).lies_on(None), Attr::Set(false));
        assert!(around(&[], &mounts).lies_on(Some("/data/uploads")).why_unknown().is_some());
    }
}
