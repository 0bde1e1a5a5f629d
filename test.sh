#!/usr/bin/env bash
# README's second command: builds the tests and runs them all.
set -euo pipefail
cd "$(dirname "$0")"
. ./.ci/packages.sh
install_packages $BUILD_PACKAGES $TEST_PACKAGES
cmake --preset release $(launcher)
cmake --build --preset release -j "$(nproc)"
ctest --preset release -j "$(nproc)"
