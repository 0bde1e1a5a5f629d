target_link_libraries(reading_bench PRIVATE fp_facts PkgConfig::gumbo)
