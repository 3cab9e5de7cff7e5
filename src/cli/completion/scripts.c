// SPDX-License-Identifier: MIT
#include "cli/completion/completion.h"

#include "util/array.h"

#include <string.h>

const char *const completion_shells[] = { "bash", "zsh", "fish", NULL };

// In the scripts PROGRAM is the program's name, and FUNCTION the same as a part of a function's. Nothing of
// an answer is ever a word of the shell's own: it is read line by line, and what a shell would take as more
// than text is quoted when it is put on the command line.

// Bash breaks words at the characters of COMP_WORDBREAKS; what stands before the last of these in the word
// stays.
static const char bash_script[] =
    "# bash completion for PROGRAM\n"
    "_FUNCTION()\n"
    "{\n"
    "    local word= part kept= breaks=${COMP_WORDBREAKS//[!=:]/} candidate joins=\n"
    "    local -a words=()\n"
    "    for part in \"${COMP_WORDS[@]:1:COMP_CWORD}\"; do\n"
    "        if [[ ( $joins || $part == [=:]* ) && ${#words[@]} != 0 ]]; then\n"
    "            words[${#words[@]}-1]+=$part\n"
    "        else\n"
    "            words+=(\"${part#[\\'\\\"]}\")\n"
    "        fi\n"
    "        joins=\n"
    "        [[ $part == *[!=:]* ]] || joins=yes\n"
    "    done\n"
    "    word=${words[${#words[@]}-1]}\n"
    "    [[ ! $breaks ]] || kept=${word%\"${word##*[$breaks]}\"}\n"
    "    COMPREPLY=()\n"
    "    while IFS=$'\\t' read -r candidate _; do\n"
    "        case $candidate in\n"
    "        :files | :directories)\n"
    "            compopt -o filenames 2>/dev/null\n"
    "            local action=-f\n"
    "            [[ $candidate == :files ]] || action=-d\n"
    "            while IFS= read -r candidate; do\n"
    "                COMPREPLY+=(\"$candidate\")\n"
    "            done < <(compgen $action -- \"${word#\"$kept\"}\")\n"
    "            ;;\n"
    "        *)\n"
    "            candidate=${candidate#\"$kept\"}\n"
    "            [[ $candidate != *[!A-Za-z0-9_./:=@,+-]* ]] || printf -v candidate %q \"$candidate\"\n"
    "            COMPREPLY+=(\"$candidate\")\n"
    "            ;;\n"
    "        esac\n"
    "    done < <(PROGRAM completion bash -- \"${words[@]}\" 2>/dev/null)\n"
    "    [[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *[=:] ]] || compopt -o nospace 2>/dev/null\n"
    "}\n"
    "complete -F _FUNCTION PROGRAM\n";

// In a directory of $fpath the file itself is the function; sourced, it only defines one.
static const char zsh_script[] =
    "#compdef PROGRAM\n"
    "_FUNCTION()\n"
    "{\n"
    "    local line candidate\n"
    "    local -a given candidates shown open open_shown\n"
    "    given=(\"${(@Q)words[2,CURRENT]}\")\n"
    "    given[-1]=${(Q)PREFIX}\n"
    "    while IFS= read -r line; do\n"
    "        candidate=${line%%$'\\t'*}\n"
    "        case $line in\n"
    "        (:files) ! [[ $PREFIX == *=* ]] || compset -P '*='; _files ;;\n"
    "        (:directories) _files -/ ;;\n"
    "        (*)\n"
    "            [[ $line != *$'\\t'* ]] || line=\"$candidate -- ${line#*$'\\t'}\"\n"
    "            if [[ $candidate == *[=:] ]]; then\n"
    "                open+=(\"$candidate\") open_shown+=(\"$line\")\n"
    "            else\n"
    "                candidates+=(\"$candidate\") shown+=(\"$line\")\n"
    "            fi\n"
    "            ;;\n"
    "        esac\n"
    "    done < <(PROGRAM completion zsh -- \"${given[@]}\" 2>/dev/null)\n"
    "    (( ! $#candidates )) || compadd -l -d shown -a candidates\n"
    "    (( ! $#open )) || compadd -l -S '' -d open_shown -a open\n"
    "}\n"
    "if [[ $funcstack[1] == _PROGRAM ]]; then _FUNCTION \"$@\"; else compdef _FUNCTION PROGRAM; fi\n";

static const char fish_script[] =
    "# fish completion for PROGRAM\n"
    "function __FUNCTION_complete\n"
    "    set -l given (commandline -opc)\n"
    "    set -l current (commandline -ct)\n"
    "    for line in (PROGRAM completion fish -- $given[2..-1] \"$current\" 2>/dev/null)\n"
    "        switch $line\n"
    "            case ':files'\n"
    "                set -l kept (string match -r '^.*=' -- $current)\n"
    "                printf '%s\\n' \"$kept\"(__fish_complete_path (string replace -r '^.*=' '' -- $current))\n"
    "            case ':directories'\n"
    "                __fish_complete_directories \"$current\" ''\n"
    "            case '*'\n"
    "                printf '%s\\n' $line\n"
    "        end\n"
    "    end\n"
    "end\n"
    "complete -c PROGRAM -f -a '(__FUNCTION_complete)'\n";

static const char *const scripts[] = { bash_script, zsh_script, fish_script };

static void add_function_name(struct strbuf *out, const char *program)
{
    for (; *program; program++)
        strbuf_add_char(out, *program == '-' ? '_' : *program);
}

static void add_script(struct strbuf *out, const char *script, const char *program)
{
    static const char name[] = "PROGRAM", function[] = "FUNCTION";

    while (*script) {
        if (strncmp(script, name, strlen(name)) == 0) {
            strbuf_add_string(out, program);
            script += strlen(name);
        } else if (strncmp(script, function, strlen(function)) == 0) {
            add_function_name(out, program);
            script += strlen(function);
        } else {
            strbuf_add_char(out, *script++);
        }
    }
}

void completion_script(struct strbuf *out, const char *shell, const char *program)
{
    for (size_t i = 0; i < ARRAY_SIZE(scripts); i++)
        if (strcmp(completion_shells[i], shell) == 0)
            add_script(out, scripts[i], program);
}
