# The pages in a real browser: only where Chromium, Node.js and the packages of package-lock.json are there (see test.sh).
find_program(FACTPRESS_CHROMIUM NAMES chromium chromium-browser google-chrome)
find_program(FACTPRESS_NODE NAMES node nodejs)
if(TARGET factpress AND FACTPRESS_CHROMIUM AND FACTPRESS_NODE AND EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/browser/node_modules/playwright-core)
  add_test(NAME browser COMMAND ${FACTPRESS_NODE} ${CMAKE_CURRENT_SOURCE_DIR}/browser/run.mjs $<TARGET_FILE:factpress>
           --chromium ${FACTPRESS_CHROMIUM} --out ${PROJECT_BINARY_DIR}/browser)
  set_tests_properties(browser PROPERTIES TIMEOUT 900)
else()
  message(STATUS "Browser tests are skipped: they need chromium, node and `npm ci` in tests/browser")
endif()
