output "databases" {
  description = "Address of each cell's database, by region and cell"
  value       = { for name, region in module.region : name => region.databases }
}
