# Completion of ionloom for bash. For this shell: eval "$(ionloom completion bash)"; for all to come:
#   ionloom completion bash > ~/.local/share/bash-completion/completions/ionloom
_ionloom() {
  local current=${COMP_WORDS[COMP_CWORD]} part='' line
  [[ $current == '=' ]] && current=''
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ -z $part ]]; then
      part=$line
    else
      COMPREPLY+=("${line%%$'\t'*}")
    fi
  done < <("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  case $part in
    files | folders)
      local kind=-f
      [[ $part == folders ]] && kind=-d
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$kind" -- "$current")
      ;;
    open) compopt -o nospace 2>/dev/null ;;
  esac
}
complete -F _ionloom ionloom
