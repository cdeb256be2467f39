//! lab
use planwise::{model::{Stage,References},plan};
fn main(){ for f in std::env::args().skip(1){ 
 let t=std::time::Instant::now();
 match plan::Input::file(f.as_ref()).and_then(|i|{ println!("{f} input {:?}",t.elapsed()); let i=Box::leak(Box::new(i)); plan::read(i)}) { Ok(ps)=> for p in ps { println!("{f} {} {:?} {:?} {:?}",p.instances.len(),p.notes,p.complete,t.elapsed());
   if p.instances.len()<400 { let r=p.references(); for (i,inst) in p.instances.iter().enumerate(){ let res=p.resource(i,Stage::After); println!("  {} {:?} {:?}",inst.address,inst.action,res.as_ref().map(|r|r.region.clone())); if let Some(res)=res { for k in res.configured.unwrap_or(&[]) { let l=r.lookup(i,k,None); if !l.hits.is_empty()||!l.dead_ends.is_empty(){ println!("     {k}: {:?} dead {:?}", l.hits.iter().map(|h|format!("{}.{:?} {:?}",p.instances[h.instance].address,h.attribute,h.found)).collect::<Vec<_>>(), l.dead_ends); } } } } }
 }, Err(e)=>println!("error: {e}") } } }
