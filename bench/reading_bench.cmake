pkg_check_modules(gumbo REQUIRED IMPORTED_TARGET gumbo)
target_link_libraries(reading_bench PRIVATE fp_facts PkgConfig::gumbo)
