"""What makes up a download: its name and version, the published record, the page that explains it, the container."""
