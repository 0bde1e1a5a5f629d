#!/usr/bin/env bash
# README's first command: the missing Debian packages, the release build, and the main job on a sample.
set -euo pipefail
cd "$(dirname "$0")"
. ./.ci/packages.sh
install_packages $BUILD_PACKAGES
cmake --preset release $(launcher)
cmake --build --preset release --target factpress -j "$(nproc)"
./build/release/factpress build samples -o out
