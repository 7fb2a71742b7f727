"""What holds for Tencent Cloud alone."""
