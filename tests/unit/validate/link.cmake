target_link_libraries(test_validate PRIVATE PkgConfig::libdeflate)
