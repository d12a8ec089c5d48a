#compdef ionloom
# Completion of ionloom for zsh. For this shell: eval "$(ionloom completion zsh)"; for all to come, where ~/.zfunc is in fpath:
#   ionloom completion zsh > ~/.zfunc/_ionloom
_ionloom() {
  local -a lines found
  local line part
  lines=("${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  part=${lines[1]}
  for line in "${(@)lines[2,-1]}"; do
    # A colon parts a word from its description
    line=${line//:/\\:}
    found+=("${line/$'\t'/:}")
  done
  case $part in
    files) _files ;;
    folders) _files -/ ;;
    open) (( $#found )) && _describe ionloom found -S '' ;;
    *) (( $#found )) && _describe ionloom found ;;
  esac
}
if [[ $funcstack[1] == _ionloom ]]; then
  _ionloom "$@"
else
  compdef _ionloom ionloom
fi
