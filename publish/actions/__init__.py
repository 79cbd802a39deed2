"""What can be done with a workspace: values in, frozen results out; nothing here prints."""
