"""From a folder of files to the tables of a collection: in batches, on all cores, to be stopped and gone on with."""
