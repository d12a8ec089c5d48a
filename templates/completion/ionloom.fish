# Completion of ionloom for fish. For this shell: ionloom completion fish | source; for all to come:
#   ionloom completion fish > ~/.config/fish/completions/ionloom.fish
function __ionloom_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines ($words[1] __complete $words[2..-1] "$current" 2>/dev/null)
    for line in $lines[2..-1]
        printf '%s\n' $line
    end
    switch "$lines[1]"
        case files
            __fish_complete_path "$current"
        case folders
            __fish_complete_directories "$current" ''
    end
end
complete -c ionloom -f -a '(__ionloom_complete)'
