"""One document in one language: loaded, judged, composed and saved here, and nowhere else."""
