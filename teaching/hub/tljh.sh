#!/bin/sh
# Make The Littlest JupyterHub ready for the course, and again after each change of the course. An admin of the hub
# opens the class's link first, which fetches the course, then a terminal there, and runs in it: sh this-file
set -eu
course=$(cd "$(dirname "$0")/../.." && pwd)

# statland, and the versions with which the course is tested, for all users
sudo -E pip install -c "$course/binder/constraints.txt" "$course"

# room for all nine notebooks left open (benchmarks/README.md); nobody can take the memory of the others
sudo tljh-config set limits.memory 2G

# without this, who listens for ten minutes loses the running kernel: a server may rest for two hours
sudo tljh-config set services.cull.timeout 7200

sudo tljh-config set user_environment.default_app jupyterlab
sudo tljh-config reload
