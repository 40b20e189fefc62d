"""Who chairs an assembly and who takes its notes: asked, said yes, seen by everybody."""
