# Puts files of the source tree into the program, so that it runs from anywhere with nothing beside it.
# fp_embed(TARGET NAME ROOT glob...) gives TARGET the generated header "embedded/NAME.h" with
#   namespace factpress::embedded { std::span<const File> NAME(); }  // File{path relative to ROOT, bytes}, sorted by path
# The bytes are taken in by the assembler (.incbin): no copy, no start-up cost, and a change of a file rebuilds one object.
enable_language(ASM)
function(fp_embed TARGET NAME ROOT)
  set(GLOBS ${ARGN})
  list(TRANSFORM GLOBS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/${ROOT}/)
  file(GLOB_RECURSE FILES CONFIGURE_DEPENDS ${GLOBS})
  list(SORT FILES)
  set(DIR ${CMAKE_BINARY_DIR}/embedded)
  set(ASM ".section .note.GNU-stack,\"\",@progbits\n.section .rodata\n")
  set(DECLS "")
  set(ROWS "")
  set(I 0)
  foreach(F IN LISTS FILES)
    file(RELATIVE_PATH REL ${CMAKE_CURRENT_SOURCE_DIR}/${ROOT} ${F})
    string(APPEND ASM ".balign 16\n.global fp_${NAME}_${I}\nfp_${NAME}_${I}:\n.incbin \"${F}\"\n.global fp_${NAME}_${I}_end\nfp_${NAME}_${I}_end:\n.byte 0\n")
    string(APPEND DECLS "extern const char fp_${NAME}_${I}[]; extern const char fp_${NAME}_${I}_end[];\n")
    string(APPEND ROWS "    {\"${REL}\", {fp_${NAME}_${I}, static_cast<std::size_t>(fp_${NAME}_${I}_end - fp_${NAME}_${I})}},\n")
    math(EXPR I "${I}+1")
  endforeach()
  file(CONFIGURE OUTPUT ${DIR}/${NAME}.S CONTENT "${ASM}" @ONLY)
  file(CONFIGURE OUTPUT ${DIR}/${NAME}.h CONTENT
"#pragma once
#include <span>
#include \"base/embedded.h\"
namespace factpress::embedded {
std::span<const File> ${NAME}();
}
" @ONLY)
  file(CONFIGURE OUTPUT ${DIR}/${NAME}.cpp CONTENT
"#include \"embedded/${NAME}.h\"
extern \"C\" {
${DECLS}}
namespace factpress::embedded {
std::span<const File> ${NAME}() {
  static const File files[] = {
${ROWS}    {{}, {}}};
  return {files, ${I}};
}
}
" @ONLY)
  set_source_files_properties(${DIR}/${NAME}.S PROPERTIES OBJECT_DEPENDS "${FILES}")
  target_sources(${TARGET} PRIVATE ${DIR}/${NAME}.S ${DIR}/${NAME}.cpp)
  target_include_directories(${TARGET} PUBLIC ${CMAKE_BINARY_DIR})
endfunction()
