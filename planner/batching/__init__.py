"""Many scenarios at once, on a `concurrent.futures.Executor`; one that fails takes no other with it.

The way through the modules: `sources` (files), or `table` and `template` (a group list), make an `Item` for each
scenario; `items` says what decides its answer; `running` hands items to an executor; `children` gives each to a process
of its own with bounded memory and time (`worker`); `solved` makes a `Row` of the answer there; `journal` keeps the rows
on the way, and `output` writes them; `engines` are the executors of the command `plan batch`.
"""
