pkg_check_modules(expat REQUIRED IMPORTED_TARGET expat)
target_link_libraries(test_xml PRIVATE PkgConfig::expat)
