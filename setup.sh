#!/usr/bin/env bash
# README's first command: the missing Debian packages, the release build, and the main job on a sample.
set -euo pipefail
cd "$(dirname "$0")"
. ./.ci/packages.sh
install_packages $BUILD_PACKAGES
# What the tests need is installed by test.sh.
cmake --preset release -DFACTPRESS_TESTS=OFF -DFACTPRESS_BENCH=OFF $(launcher)
cmake --build --preset release --target factpress -j "$(nproc)"
./build/release/factpress build samples -o out
