#!/usr/bin/env bash
# README's second command: builds the tests and runs them all.
set -euo pipefail
cd "$(dirname "$0")"
. ./.ci/packages.sh
install_packages $BUILD_PACKAGES $TEST_PACKAGES
# Browser tests: where Chromium, Java and the packages of tests/browser cannot be installed, ctest goes on without them.
if ! { (install_packages chromium default-jre-headless; command -v npm >/dev/null || install_packages nodejs npm) && npm ci --prefix tests/browser --no-fund --no-audit; }; then
  echo "test.sh: no browser tests here: Chromium or the packages of tests/browser could not be installed" >&2
fi
cmake --preset release -DFACTPRESS_TESTS=ON -DFACTPRESS_BENCH=ON $(launcher)
cmake --build --preset release -j "$(nproc)"
ctest --preset release -j "$(nproc)"
