# SPDX-License-Identifier: MIT
# cmake -D FILE=... -D NAME=... -D HEADER=... -P embed.cmake: writes a C header with the text of a file as a string.
file(READ ${FILE} bytes HEX)
string(REGEX REPLACE "(..)" "0x\\1, " bytes "${bytes}")
get_filename_component(name ${FILE} NAME)
file(WRITE ${HEADER} "// Made from ${name}.\nstatic const char ${NAME}[] = { ${bytes}0 };\n")
