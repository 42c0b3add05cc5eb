using System.Text;

namespace Plumbline.Reports;

/// <summary>Notes at the end of a page.</summary>
internal static class NotesText
{
    /// <summary>Writes them; nothing when there are none.</summary>
    public static void Write(StringBuilder page, IReadOnlyList<Note> notes, int width)
    {
        if (notes.Count == 0)
        {
            return;
        }
        page.Append("\nNotes:\n");
        foreach (Note note in notes)
        {
            TextLayout.Paragraph(page, "- ", TerminalText.Clean(note.Text), width);
        }
    }
}
