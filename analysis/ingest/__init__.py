"""From a folder of files to the tables of a collection: in batches, on all cores; a stopped run is resumed."""
