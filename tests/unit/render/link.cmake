pkg_check_modules(expat REQUIRED IMPORTED_TARGET expat)
find_package(nlohmann_json REQUIRED)
target_link_libraries(test_render PRIVATE nlohmann_json::nlohmann_json PkgConfig::expat PkgConfig::zlib)
