# Larger than elsewhere.
resource "aws_instance" "host" {
  root_block_device {
    volume_type = "gp2"
    volume_size = 2000
  }
}
