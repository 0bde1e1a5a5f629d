pkg_check_modules(expat REQUIRED IMPORTED_TARGET expat)
pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
target_link_libraries(test_xml PRIVATE PkgConfig::expat PkgConfig::pugixml)
