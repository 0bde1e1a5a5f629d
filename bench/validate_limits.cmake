pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
target_link_libraries(validate_limits PRIVATE fp_validate PkgConfig::pugixml)
