"""The commands as they are typed: what each takes and says of itself; the work is done in the rooms beside this one."""
